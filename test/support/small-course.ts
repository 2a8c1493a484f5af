import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_EXERCISES } from '../../src/learn/exercise-folder.js';
import { startCourse } from '../../src/learn/start-course.js';

/** A course of two exercises: a small one, `01-answer`, and exercise 3 as it is. */
export interface SmallCourse {
  readonly folder: string;
  /** The learner's file of the small one. */
  readonly file: string;
  remove(): void;
}

/** What passes the small exercise. */
export const ANSWER = 'export const answer = (): number => 42;\n';

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# The answer\n\nReturn 42.\n',
  'exercise.ts': 'export const answer = (): number => 0; // YOUR CODE HERE\n',
  'solution.ts': ANSWER,
  'exercise.json': JSON.stringify({
    title: 'The answer',
    minutes: 1,
    prediction: { question: 'What is the answer?', choices: ['42', '43'] },
    hints: { 'not-42': ['What is asked for?', 'Look at the number.', 'return 42.'] },
  }),
  'check.ts': `
    import { failed, passed, type CheckContext, type Measurement, type Verdict } from 'lwasync/learn';
    export async function check({ attempt }: CheckContext): Promise<Verdict> {
      const { value } = await attempt.call('answer', []);
      return value === 42 ? passed('it was 42') : failed('not-42', \`expected 42, got \${value}\`);
    }
    export async function measure({ attempt }: CheckContext): Promise<Measurement> {
      const { value } = await attempt.call('answer', []);
      const lanes = [{ name: 'the call', spans: [{ fromMs: 0, toMs: 10 }] }];
      return { text: \`it is \${value}\`, choice: 0, lanes };
    }
  `,
};

/** Makes such a course in a temporary folder. */
export function makeSmallCourse(): SmallCourse {
  const folder = mkdtempSync(join(tmpdir(), 'lwasync-session-'));
  const small = join(folder, 'exercises', '01-answer');
  mkdirSync(small, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(small, name), text);
  const name = '03-all-at-once';
  cpSync(join(OWN_EXERCISES, name), join(folder, 'exercises', name), { recursive: true });
  const course = startCourse(join(folder, 'course'), join(folder, 'exercises'));
  return {
    folder: course.folder,
    file: join(course.folder, '01-answer', 'exercise.ts'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
