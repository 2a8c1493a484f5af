import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Passes where `answer()` returns 42; says of 0 and of everything else that it is wrong, each in its own way. */
const CHECK = `
import { failed, passed, type CheckContext, type Measurement, type Verdict } from 'lwasync/learn';

export async function check({ attempt }: CheckContext): Promise<Verdict> {
  const { value } = await attempt.call('answer', []);
  if (value === 42) return passed('it returned 42');
  return value === 0 ? failed('nothing', 'it returned 0, expected 42') : failed('other', \`it returned \${value}, expected 42\`);
}

export async function measure(): Promise<Measurement> {
  return { text: 'the answer was 42', choice: 1 };
}
`;

const hints = (name: string): string[] => [
  `${name}: a question?`,
  `${name}: a place.`,
  `${name}: a call.`,
];

/** The text of an exercise that returns this. */
export function answering(answer: string): string {
  return `export function answer(): unknown {\n  // YOUR CODE HERE: return the answer.\n  return ${answer};\n}\n`;
}

/** Writes so many exercises into a folder, each of which passes where `answer()` returns 42. */
export function writeExercises(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const each = join(folder, name);
    mkdirSync(each, { recursive: true });
    const metadata = {
      title: `Exercise ${name.slice(3)}`,
      minutes: 10,
      prediction: { question: 'What is the answer?', choices: ['0', '42', '43'] },
      hints: { nothing: hints('nothing'), other: hints('other') },
    };
    writeFileSync(join(each, 'exercise.json'), JSON.stringify(metadata));
    writeFileSync(join(each, 'README.md'), `# ${metadata.title}\n`);
    writeFileSync(join(each, 'exercise.ts'), answering('0'));
    writeFileSync(join(each, 'solution.ts'), answering('42'));
    writeFileSync(join(each, 'check.ts'), CHECK);
  }
}
