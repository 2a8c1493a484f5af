import { failed, shown, type Failed } from 'lwasync/learn';
import { counted } from './counted.js';
import { judgePages, judgeReport } from './judge-value.js';
import type { Run } from './run.js';

/** All calls should be in flight together. */
export function judgeBegin(run: Run): Failed | undefined {
  const { name, urls, getPage, outcome } = run;
  const came = getPage.calls.length;
  if (came === 0 && outcome?.threw === undefined) {
    return failed('no-calls', `${name} called getPage for none of ${urls.length} urls`);
  }
  const asked = getPage.calls.map(({ args: [url] }) => url);
  const stray = asked.find((url) => !urls.some((one) => one === url));
  if (stray !== undefined) {
    return failed(
      'no-calls',
      `${name} called getPage with ${shown(stray)}, which is none of the urls`,
    );
  }
  const twice = urls.find((url) => asked.indexOf(url) < asked.lastIndexOf(url));
  if (twice !== undefined) {
    return failed('called-twice', `${name} called getPage for ${twice} more than once`);
  }
  const fault = judgeStep(run);
  if (fault !== undefined || came === urls.length) return fault;
  return failed(
    'not-together',
    `${name} had no more than ${came} of ${urls.length} calls in flight together; all of them should be`,
  );
}

/** What holds for both functions after every step. */
export function judgeStep(run: Run): Failed | undefined {
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
    return failed(
      'returned-too-early',
      `${name} returned with ${counted(underWay, 'call')} still under way`,
    );
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
  const others = counted(getPage.waiting.length, 'other call');
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
