import type { Command } from 'commander';
import { resultOf, type SelftestResult } from '../core/selftest.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { onInterrupt } from './interrupt.js';
import { print, remark, styleFor } from './terminal.js';

const CODES: Readonly<Record<SelftestResult, ExitCode>> = {
  passed: EXIT.done,
  failed: EXIT.expectationFailed,
  inconclusive: EXIT.inconclusive,
};

/** Adds `lwasync selftest`: measures what is known beforehand, and fails if the instrument is off. */
export function addSelftestCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('selftest')
    .description('measure work of which the answer is known, and fail if the instrument is off')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nTakes less than a minute. Exit codes: 0 every check passed, 1 one failed,\n4 other programs keep this machine too busy to tell, 70 a fault of ours, 130 interrupted.',
    )
    .action(async ({ json = false }: { json?: boolean }) => {
      end(await runSelftest(json));
    });
}

async function runSelftest(json: boolean): Promise<ExitCode> {
  const interrupt = onInterrupt(() => true);
  try {
    const { selftest } = await import('../experiment/selftest.js');
    const { renderCheck, selftestDocument, selftestSentence } =
      await import('../report/selftest-report.js');
    const style = styleFor(process.stdout, process.env);
    const checks = await selftest(interrupt.signal, (check) => {
      if (!json) print(renderCheck(check, style));
    });
    if (interrupt.signal.aborted) {
      remark('stopped before the end');
      return EXIT.interrupted;
    }
    print(json ? JSON.stringify(selftestDocument(checks)) : selftestSentence(checks, style));
    return CODES[resultOf(checks)];
  } finally {
    interrupt.stop();
  }
}
