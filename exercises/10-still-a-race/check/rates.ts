import { failed, type CheckContext, type Failed, type ObservedOutcome } from 'lwasync/learn';

type Attempt = CheckContext['attempt'];

/** Several customers who want the same rate, another one, and a bank that fails. */
export async function checkRates(attempt: Attempt): Promise<Failed | undefined> {
  return (await checkSharing(attempt)) ?? checkFailure(attempt);
}

async function checkSharing(attempt: Attempt): Promise<Failed | undefined> {
  const askBank = attempt.watch(() => {});
  const customers = ['EUR', 'EUR', 'USD', 'EUR'].map((currency) =>
    attempt.call('rateOf', [currency, askBank]),
  );
  await attempt.settled();
  const asked = askBank.calls.map(({ args }) => args[0]);
  if (asked.filter((currency) => currency === 'EUR').length > 1) {
    return failed(
      'stampede',
      `three customers wanted the same rate, and the bank was asked ${asked.length - 1} times at once; once is enough`,
    );
  }
  if (!asked.includes('USD')) {
    return failed(
      'everybody-waits',
      'the bank was not asked for a rate while another was under way',
    );
  }
  for (const call of askBank.waiting) call.answer(call.args[0] === 'EUR' ? 3 : 2);
  const rates = (await Promise.all(customers)).map(({ value }) => value);
  if (rates.join() !== '3,3,2,3') {
    return failed('wrong-rate', `expected the rates 3, 3, 2, 3, got ${rates.join(', ')}`);
  }
  const later = attempt.call('rateOf', ['EUR', askBank]);
  await attempt.settled();
  if (askBank.waiting.length > 0) {
    return failed('not-kept', 'the bank was asked again for a rate that it had told');
  }
  const { value } = await later;
  return value === 3
    ? undefined
    : failed('wrong-rate', `expected the rate 3, got ${String(value)}`);
}

async function checkFailure(attempt: Attempt): Promise<Failed | undefined> {
  const askBank = attempt.watch(() => {});
  const ask = (): Promise<ObservedOutcome> => attempt.outcome('rateOf', ['GBP', askBank]);
  const customers = [ask(), ask()];
  await attempt.settled();
  askBank.calls[0]?.fail('the bank is closed');
  await attempt.settled();
  // Those who waited may ask for themselves.
  for (const call of askBank.waiting) call.answer(5);
  const outcomes = await Promise.all(customers);
  const untold = outcomes.find((outcome) => outcome.threw === undefined && outcome.value !== 5);
  if (untold !== undefined) {
    return failed(
      'failure-swallowed',
      'the bank failed, and a customer who waited was not told so',
    );
  }
  const later = ask();
  await attempt.settled();
  for (const call of askBank.waiting) call.answer(5);
  const outcome = await later;
  return outcome.threw === undefined && outcome.value === 5
    ? undefined
    : failed(
        'keeps-a-failure',
        'the bank failed once, and a customer who came later was told of that failure; the bank should be asked again',
      );
}
