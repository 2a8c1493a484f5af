import {
  everyOrder,
  passed,
  shuffled,
  type CheckContext,
  type Choose,
  type Failed,
  type Verdict,
} from 'lwasync/learn';
import { judgeBegin, judgeStep } from './check/judge-step.js';
import { begin, NAMES, type Run } from './check/run.js';

export { measure } from './check/measure.js';

const FEW = 3;
const MANY = 10;
const MOST_RUNS = 100;
const FAILING = [0, 3, 7, MANY];
// The second page is empty.
const EMPTY = 1;

/** Many calls end in an order of their own, with so many failures among them; then few in every order, each well or not. */
export async function check(context: CheckContext): Promise<Verdict> {
  for (const name of NAMES) {
    const fault = await checkFunction(name, context);
    if (fault !== undefined) return fault;
  }
  return passed(
    `whichever of ${FEW} or ${MANY} calls failed, and in whatever order, one function lost nothing and the other left no call behind`,
  );
}

async function checkFunction(
  name: Run['name'],
  { attempt, random }: CheckContext,
): Promise<Failed | undefined> {
  const anyOf: Choose = (number) => Math.floor(random() * number);
  for (const failing of FAILING) {
    const fails = shuffled(
      Array.from({ length: MANY }, (_, index) => index < failing),
      random,
    );
    const fault = await checkRun(begin(attempt, name, MANY), anyOf, () => fails.pop() === true);
    if (fault !== undefined) return fault;
  }
  return everyOrder(MOST_RUNS, (choose) =>
    checkRun(begin(attempt, name, FEW), choose, () => choose(2) === 1),
  );
}

/** Ends the calls one by one, and looks after each what became of it. */
async function checkRun(
  run: Run,
  choose: Choose,
  fails: () => boolean,
): Promise<Failed | undefined> {
  const { attempt, urls, getPage, pages, reasons } = run;
  await attempt.settled();
  let fault = judgeBegin(run);
  while (fault === undefined) {
    const next = getPage.waiting[choose(getPage.waiting.length)];
    if (next === undefined) return undefined;
    const url = String(next.args[0]);
    if (fails()) {
      reasons.set(url, `${url} is out of reach`);
      next.fail(`${url} is out of reach`);
    } else {
      pages.set(url, url === urls[EMPTY] ? '' : `what is on ${url}`);
      next.answer(pages.get(url));
    }
    await attempt.settled();
    fault = judgeStep(run);
  }
  return fault;
}
