import {
  everyOrder,
  failed,
  passed,
  shuffled,
  type Attempt,
  type CheckContext,
  type Choose,
  type Failed,
  type ObservedOutcome,
  type Verdict,
  type WatchFunction,
} from 'lwasync/learn';

export { measure } from './check/measure.js';

const NAMES = ['getWhatComes', 'getAllOrStop'] as const;
const FEW = 3;
const MANY = 10;
const MOST_RUNS = 100;
const FAILING = [0, 3, 7, MANY];
// The second page is empty.
const EMPTY = 1;

/** One call of a function of the exercise, and what came of it so far. */
interface Run {
  readonly attempt: Attempt;
  readonly name: (typeof NAMES)[number];
  readonly urls: readonly string[];
  readonly getPage: WatchFunction;
  /** What came, by url: a page, or why there is none; the first failure first. */
  readonly pages: Map<string, string>;
  readonly reasons: Map<string, string>;
  outcome: ObservedOutcome | undefined;
}

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

function begin(attempt: Attempt, name: Run['name'], number: number): Run {
  const urls = urlsOf(number);
  const getPage = attempt.watch(() => {});
  const [pages, reasons] = [new Map<string, string>(), new Map<string, string>()];
  const run: Run = { attempt, name, urls, getPage, pages, reasons, outcome: undefined };
  attempt.outcome(name, [urls, getPage]).then(
    (outcome) => {
      run.outcome = outcome;
    },
    () => {},
  );
  return run;
}

function urlsOf(number: number): string[] {
  return Array.from({ length: number }, (_, index) => `/page-${index + 1}`);
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

/** All calls should be in flight together. */
function judgeBegin(run: Run): Failed | undefined {
  const { name, urls, getPage, outcome } = run;
  const came = getPage.calls.length;
  if (came === 0 && outcome?.threw === undefined) {
    return failed('no-calls', `${name} called getPage for none of ${urls.length} urls`);
  }
  const fault = judgeStep(run);
  if (fault !== undefined || came === urls.length) return fault;
  return failed(
    'not-together',
    `${name} had no more than ${came} of ${urls.length} calls in flight together; all of them should be`,
  );
}

/** What holds for both functions after every step. */
function judgeStep(run: Run): Failed | undefined {
  const { attempt, name, urls, getPage, reasons, outcome } = run;
  const [called, underWay] = [getPage.calls.length, getPage.waiting.length];
  const [reason] = reasons.values();
  const [lost] = attempt.unhandled;
  if (lost !== undefined) {
    return failed(
      'unhandled-rejection',
      `${name} left a promise alone that was rejected with "${lost}"; in a program of its own that ends it`,
    );
  }
  if (called > urls.length) {
    return failed('called-twice', `${name} made ${called} calls for ${urls.length} urls`);
  }
  if (outcome === undefined && underWay === 0) {
    return failed('waits-for-ever', `${name} still waited when no call was under way any more`);
  }
  if (name === 'getAllOrStop' && reason !== undefined) return judgeStopped(run, reason);
  if (getPage.calls.some(({ isGivenUp }) => isGivenUp)) {
    const why = reason === undefined ? 'though none had failed' : 'that might have brought a page';
    return failed('stops-too-much', `${name} stopped calls ${why}`);
  }
  if (outcome?.threw !== undefined) return judgeThrown(run, outcome.threw);
  if (outcome === undefined) return undefined;
  if (underWay > 0) {
    return failed('returned-too-early', `${name} returned with ${underWay} calls still under way`);
  }
  return name === 'getWhatComes' ? judgeReport(run, outcome.value) : judgePages(run, outcome.value);
}

function judgeThrown(
  { name, getPage, pages, reasons }: Run,
  { message, said }: { readonly message: string; readonly said: string },
): Failed {
  if (reasons.size === 0) return failed('throws', `${name} threw, and nothing had failed: ${said}`);
  return failed(
    'all-or-nothing',
    `${name} rejected with "${message}"; of the other calls ${pages.size} had brought a page, which is lost, and ${getPage.waiting.length} were under way`,
  );
}

/** After a failure the others should be stopped, and the failure be told. */
function judgeStopped({ name, getPage, outcome }: Run, reason: string): Failed | undefined {
  const others = `${getPage.waiting.length} other calls`;
  if (outcome === undefined) {
    return failed(
      'waits-for-the-rest',
      `${name} went on waiting for ${others} after one had failed`,
    );
  }
  if (outcome.threw === undefined) {
    return failed('failure-lost', `${name} returned as if nothing had failed with "${reason}"`);
  }
  if (getPage.waiting.length > 0) {
    return failed('goes-on', `${name} rejected, and ${others} went on: nobody had stopped them`);
  }
  const { message } = outcome.threw;
  if (message.includes(reason)) return undefined;
  return failed(
    'loses-first-error',
    `${name} rejected with "${message}"; the first failure was "${reason}"`,
  );
}

function judgePages({ name, urls, pages }: Run, list: unknown): Failed | undefined {
  const expected = urls.flatMap((url) => pages.get(url) ?? []);
  const came = `where ${expected.length} pages came`;
  if (!Array.isArray(list)) return failed('not-pages', `${name} returned no list of pages`);
  const full = expected.filter((page) => page !== '');
  if (full.length < expected.length && isSame(list, full)) {
    return failed('takes-empty-for-failed', `${name} left out a page because it was empty`);
  }
  if (list.length > expected.length) {
    return failed('leaves-holes', `${name} returned a list of ${list.length} ${came}`);
  }
  return hasSame(list, expected)
    ? judgeOrder(name, 'pages', list, expected)
    : failed('not-pages', `${name} returned something else ${came}`);
}

function judgeReport(run: Run, value: unknown): Failed | undefined {
  const { name, urls, reasons } = run;
  const fault = judgePages(run, fieldOf(value, 'pages'));
  if (fault !== undefined) return fault;
  const expected = urls.filter((url) => reasons.has(url));
  const found = fieldOf(value, 'failures');
  const failures: readonly unknown[] = Array.isArray(found) ? found : [];
  const told = failures.map((failure) => fieldOf(failure, 'url'));
  if (told.length !== expected.length) {
    return failed(
      'loses-failures',
      `${name} reported ${told.length} failures where ${expected.length} of ${urls.length} calls failed`,
    );
  }
  if (!hasSame(told, expected)) {
    const and = ' and ';
    return failed(
      'wrong-urls',
      `${name} reported a failure of ${told.join(and)} where ${expected.join(and)} failed`,
    );
  }
  const lost = failures.find((failure) => {
    const reason = fieldOf(failure, 'reason');
    const text = reason instanceof Error ? reason.message : String(reason);
    return !text.includes(reasons.get(String(fieldOf(failure, 'url'))) ?? '');
  });
  if (lost === undefined) return judgeOrder(name, 'failures', told, expected);
  return failed(
    'loses-reasons',
    `${name} did not report "${reasons.get(String(fieldOf(lost, 'url')))}" as the reason of a failure`,
  );
}

function judgeOrder(
  name: string,
  what: string,
  found: readonly unknown[],
  expected: readonly unknown[],
): Failed | undefined {
  if (isSame(found, expected)) return undefined;
  return failed(
    'in-order-of-arrival',
    `${name} returned the ${what} in the order in which they came, and not in that of the urls`,
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return Reflect.get(Object(value), name);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function hasSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && other.every((item) => one.includes(item));
}
