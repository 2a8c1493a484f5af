import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { messageOf, UsageError } from '../core/errors.js';
import { quoted } from '../core/parse-units.js';
import { packageManifest } from '../core/version.js';
import type { Course } from './course.js';
import { readState, STATE_FILE, writeState } from './course-state.js';
import { OWN_EXERCISES, readExercises, type Exercise } from './exercise-folder.js';
import { packageSource } from './package-source.js';
import { LEARN } from './learn-command.js';

/**
 * Makes a folder for a learner: the exercises without what is earned later, and what an editor needs to know the types. What is
 * there is left as it is, so that a course that lacks something can be started again.
 *
 * @throws {UsageError} when the folder holds something else or a course of other exercises, or cannot be written to.
 */
export function startCourse(folder: string, exercises?: string): Course {
  const source = sourceFor(resolve(folder), exercises);
  const course = { folder: resolve(folder), exercises: readExercises(source) };
  refuseOtherFolders(course);
  try {
    mkdirSync(course.folder, { recursive: true });
    for (const exercise of course.exercises) handOut(course.folder, exercise);
    for (const [name, text] of Object.entries(filesBeside(course))) {
      const path = join(course.folder, name);
      if (!existsSync(path)) writeFileSync(path, text);
    }
    if (!existsSync(join(course.folder, STATE_FILE))) {
      const from = relative(course.folder, source);
      writeState(course.folder, {
        ...(source === OWN_EXERCISES ? {} : { from }),
        progress: {},
      });
    }
  } catch (error) {
    throw new UsageError(
      `the course could not be written to ${quoted(course.folder)} (${messageOf(error)})`,
    );
  }
  return course;
}

// A course that is there keeps the exercises that it has.
function sourceFor(folder: string, named: string | undefined): string {
  const wanted = named === undefined ? undefined : resolve(named);
  if (!existsSync(join(folder, STATE_FILE))) return wanted ?? OWN_EXERCISES;
  const { from } = readState(folder);
  const source = from === undefined ? OWN_EXERCISES : resolve(folder, from);
  if (wanted === undefined || wanted === source) return source;
  throw new UsageError(
    `${quoted(folder)} is a course already, with the exercises in ${quoted(source)}; expected another folder for those in ${quoted(wanted)}`,
  );
}

/** Copies what a learner is given of an exercise, except what is there. */
export function handOut(courseFolder: string, exercise: Exercise): void {
  for (const name of exercise.given) {
    cpSync(join(exercise.folder, name), join(courseFolder, exercise.id, name), {
      recursive: true,
      force: false,
    });
  }
}

function refuseOtherFolders({ folder, exercises }: Course): void {
  let names: string[] = [];
  try {
    names = existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    throw new UsageError(`expected a folder, got ${quoted(folder)} (${messageOf(error)})`);
  }
  const isOurs = names.some(
    (name) => name === STATE_FILE || exercises.some(({ id }) => id === name),
  );
  // A repository that holds nothing yet is empty.
  if (names.some((name) => name !== '.git') && !isOurs) {
    throw new UsageError(
      `${quoted(folder)} holds other files; expected a new or an empty folder, or a course: ${LEARN} start my-course`,
    );
  }
}

function filesBeside(course: Course): Record<string, string> {
  return {
    'package.json': `${JSON.stringify(manifest(course.folder), undefined, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(COMPILER_SETTINGS, undefined, 2)}\n`,
    'README.md': readme(course.exercises),
    '.gitignore': 'node_modules\n',
  };
}

function manifest(folder: string): object {
  const { devDependencies } = packageManifest();
  return {
    name: 'my-course',
    private: true,
    type: 'module',
    scripts: { learn: 'lwasync learn', check: 'lwasync learn check', types: 'tsc --noEmit' },
    devDependencies: {
      '@types/node': devDependencies['@types/node'],
      lwasync: packageSource(folder),
      typescript: devDependencies['typescript'],
    },
  };
}

const COMPILER_SETTINGS = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    moduleDetection: 'force',
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['*/exercise.ts', '*/solution.ts'],
};

function readme(exercises: readonly Exercise[]): string {
  const list = exercises.map(
    ({ id, number, title, minutes }) =>
      `${number}. [${title}](${id}/README.md), about ${minutes} minutes`,
  );
  return `# Asynchronous work, by doing it

\`npm install\` once, so that your editor knows the types. Then \`npx lwasync learn\`: it shows an exercise, watches its file, and checks what
your code *does* each time you save. Every exercise is a folder with a README.md and an exercise.ts whose blanks say YOUR CODE HERE.

Without a terminal: \`npx lwasync learn list\`, \`check\`, \`hint\`, \`solution\`, \`reset\`, \`status\`; each takes the number of an exercise.

${list.join('\n')}

Your code runs on this machine like any program of yours; nothing keeps it in.
How far you are stands in ${STATE_FILE}.
`;
}
