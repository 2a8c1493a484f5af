import { failed, shown, type CheckContext, type Failed, type ObservedOutcome } from 'lwasync/learn';

type Attempt = CheckContext['attempt'];

/** Several customers who want the same rate, another one, and a bank that fails. */
export async function checkRates(
  attempt: Attempt,
  random: () => number,
): Promise<Failed | undefined> {
  // Whole numbers that nobody can know.
  const rate = (): number => 2 + Math.floor(1e6 * random());
  const eur = rate();
  return (
    (await checkSharing(attempt, eur, rate())) ??
    (await checkFailure(attempt, rate())) ??
    checkKept(attempt, eur, ', when it had failed to tell another')
  );
}

async function checkSharing(
  attempt: Attempt,
  eur: number,
  usd: number,
): Promise<Failed | undefined> {
  const askBank = attempt.watch(() => {});
  const customers = ['EUR', 'EUR', 'USD', 'EUR'].map((currency) =>
    attempt.call('rateOf', [currency, askBank]),
  );
  await attempt.settled();
  const asked = askBank.calls.map(({ args }) => args[0]);
  const times = asked.filter((currency) => currency === 'EUR').length;
  if (times > 1) {
    return failed(
      'stampede',
      `three customers wanted the same rate, and the bank was asked ${times} times at once; once is enough`,
    );
  }
  if (!asked.includes('USD')) {
    return failed(
      'everybody-waits',
      'the bank was not asked for a rate while another was under way',
    );
  }
  for (const call of askBank.waiting) call.answer(call.args[0] === 'EUR' ? eur : usd);
  const rates = (await Promise.all(customers)).map(({ value }) => value);
  const expected = [eur, eur, usd, eur];
  if (!expected.every((rate, place) => rate === rates[place])) {
    return failed(
      'wrong-rate',
      `expected the rates ${expected.join(', ')}, got ${rates.map(shown).join(', ')}`,
    );
  }
  return checkKept(attempt, eur, '');
}

async function checkKept(attempt: Attempt, eur: number, when: string): Promise<Failed | undefined> {
  const askBank = attempt.watch((call) => call.answer(eur));
  const { value } = await attempt.call('rateOf', ['EUR', askBank]);
  if (askBank.calls.length > 0) {
    return failed('not-kept', `the bank was asked again for a rate that it had told${when}`);
  }
  return value === eur
    ? undefined
    : failed('wrong-rate', `expected the rate ${eur}, got ${shown(value)}`);
}

async function checkFailure(attempt: Attempt, gbp: number): Promise<Failed | undefined> {
  const askBank = attempt.watch(() => {});
  const ask = (): Promise<ObservedOutcome> => attempt.outcome('rateOf', ['GBP', askBank]);
  const customers = [ask(), ask()];
  await attempt.settled();
  askBank.calls[0]?.fail('the bank is closed');
  await attempt.settled();
  // Those who waited may ask for themselves.
  for (const call of askBank.waiting) call.answer(gbp);
  const outcomes = await Promise.all(customers);
  const untold = outcomes.find((outcome) => outcome.threw === undefined && outcome.value !== gbp);
  if (untold !== undefined) {
    return failed(
      'failure-swallowed',
      'the bank failed, and a customer who waited was not told so',
    );
  }
  const later = ask();
  await attempt.settled();
  for (const call of askBank.waiting) call.answer(gbp);
  const outcome = await later;
  return outcome.threw === undefined && outcome.value === gbp
    ? undefined
    : failed(
        'keeps-a-failure',
        'the bank failed once, and a customer who came later was told of that failure; the bank should be asked again',
      );
}
