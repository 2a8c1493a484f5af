import type { Command } from 'commander';
import { parseCount, parseRate, parseShare, parseSize } from '../core/parse-units.js';
import type { PracticeServerOptions } from '../server/index.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { toDuration } from './option-parsers.js';
import { print, remark } from './terminal.js';
import { valueOption } from './value-option.js';

interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly latency: number;
  readonly jitter: number;
  readonly work: number;
  readonly slots?: number;
  readonly threads: number;
  readonly bandwidth?: number;
  readonly failRate: number;
  readonly stall: number;
  readonly stallEvery: number;
  readonly seed: number;
  readonly files: number;
  readonly fileSize: number;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Examples:
  lwasync serve                                   then open http://127.0.0.1:8080/docs
  lwasync serve --port 0 --latency 50ms --slots 8
  lwasync serve --latency 1ms --stall 1s --stall-every 10s
  lwasync serve --files 20 --file-size 10MB --bandwidth 2MB/s`;

/** Adds `lwasync serve`: the practice server, until Ctrl-C. */
export function addServeCommand(program: Command, end: (code: ExitCode) => void): void {
  const count = (min: number, max: number) => (text: string) => parseCount(text, { min, max });
  program
    .command('serve')
    .description('run the practice server')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      valueOption('--port <port>', 'port to listen on, 0 for any free one', count(0, 65_535), {
        value: 8080,
      }),
    )
    .addOption(
      valueOption('--latency <duration>', 'wait before an answer', toDuration, {
        value: 200,
        shown: '200ms',
      }),
    )
    .addOption(
      valueOption('--jitter <duration>', 'vary the wait by up to so much', toDuration, {
        value: 0,
        shown: 'none',
      }),
    )
    .addOption(
      valueOption('--work <duration>', 'work of the run routes', toDuration, {
        value: 2000,
        shown: '2s',
      }),
    )
    .addOption(
      valueOption(
        '--slots <count>',
        'calls served at once, the rest queue (default: no limit)',
        count(1, 1e6),
      ),
    )
    .addOption(
      valueOption('--threads <count>', 'threads of the pool behind /standard-run', count(1, 256), {
        value: 4,
      }),
    )
    .addOption(
      valueOption(
        '--bandwidth <rate>',
        'of a file download, like 2MB/s (default: no limit)',
        parseRate,
      ),
    )
    .addOption(
      valueOption(
        '--fail-rate <share>',
        'share of calls answered with status 500, like 5%',
        parseShare,
        { value: 0 },
      ),
    )
    .addOption(
      valueOption('--stall <duration>', 'answer nothing for so long, again and again', toDuration, {
        value: 0,
        shown: 'never',
      }),
    )
    .addOption(
      valueOption('--stall-every <duration>', 'from one stall to the next', toDuration, {
        value: 10_000,
        shown: '10s',
      }),
    )
    .addOption(
      valueOption(
        '--seed <number>',
        'repeats the same jitter, failures and files',
        count(0, 2 ** 31),
        { value: 1 },
      ),
    )
    .addOption(
      valueOption('--files <count>', 'files under /files/', count(1, 1_000_000), { value: 20 }),
    )
    .addOption(
      valueOption('--file-size <size>', 'of each file', (text) => parseSize(text), {
        value: 1_000_000,
        shown: '1MB',
      }),
    )
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions) => {
      end(await serve(options));
    });
}

async function serve(options: ServeOptions): Promise<ExitCode> {
  const { startPracticeServer } = await import('../server/index.js');
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  const server = await startPracticeServer(toServerOptions(options));
  for (const warning of server.warnings) remark(warning);
  if (!isLoopback(server.host)) {
    remark(`listening on ${server.host}: other machines on the network can reach this server`);
  }
  if (options.quiet !== true) {
    print(
      `The practice server listens on ${server.url}\n` +
        `  ${server.url}/docs describes it; Ctrl-C stops it`,
    );
  }
  await Promise.race([stopped, server.closed]);
  // A second Ctrl-C does not wait for the answers in flight.
  process.on('SIGINT', () => process.exit(EXIT.done)).on('SIGTERM', () => process.exit(EXIT.done));
  if (options.quiet !== true) print('Stopping; answers in flight have 2 s to finish');
  await server.close();
  process.exit(EXIT.done);
}

function toServerOptions(options: ServeOptions): PracticeServerOptions {
  const { latency: latencyMs, jitter: jitterMs, work: workMs, slots, bandwidth } = options;
  const { host, port, failRate, seed, files, fileSize, threads } = options;
  const { stall: stallMs, stallEvery: stallEveryMs } = options;
  return {
    host,
    port,
    latencyMs,
    jitterMs,
    workMs,
    slots,
    bandwidth,
    failRate,
    stallMs,
    stallEveryMs,
    seed,
    files,
    fileSize,
    threads,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
