import { passed, type CheckContext, type Verdict } from 'lwasync/learn';
import { judgeCalls, judgeMany, judgeOne } from './check/judge.js';
import { observe } from './check/observe.js';

export { measure } from './check/measure.js';

const NUMBER = 5;

/** The server keeps every call waiting, and the looks meanwhile tell a held thread from a free one. */
export async function check(context: CheckContext): Promise<Verdict> {
  const one = await observe(context, 'makeOneCall', []);
  if ('passed' in one) return one;
  const fault = judgeCalls(one) ?? judgeOne(one);
  if (fault !== undefined) return fault;
  const numbers = [NUMBER, 2 + Math.floor(context.random() * 3)];
  let looks = 0;
  for (const number of numbers) {
    const many = await observe(context, 'makeManyCalls', [number]);
    if ('passed' in many) return many;
    const manyFault = judgeCalls(many) ?? judgeMany(many, number);
    if (manyFault !== undefined) return manyFault;
    looks += many.looks;
  }
  return passed(
    `${numbers.join(' and then ')} calls came one after another, every answer is in its place, and the thread was held at each of ${looks} looks`,
  );
}
