import type { Command } from 'commander';
import { UsageError } from '../core/errors.js';
import { parseCount, parseRate, parseSize } from '../core/parse-units.js';
import { parseChecksum } from '../download/checksum.js';
import type { DownloadCommandOptions } from './download-command-options.js';
import { DOWNLOAD_RENDERERS } from './download-output.js';
import type { ExitCode } from './exit-codes.js';
import { parseHeader, parseNumber, toPositiveDuration } from './option-parsers.js';
import { outputOption } from './output-file.js';
import { addTrustOptions } from './request-options.js';
import { valueOption } from './value-option.js';

const HELP = `
A list has an address a line, behind it a file name and a checksum where wanted; lines of a SHA256SUMS file are checksums for files
of the same name, or with --base-url the files themselves:

  https://example.com/a.iso
  https://example.com/get?id=2  "b 2.iso"  sha256=<64 hexadecimal digits>

A file has its name when it is whole and its checksum, of the list or the server, is right; before, its bytes are in name.part.
Whatever ended a download, the same command goes on where it stopped, and begins again where the file has changed since. A file
that is there before stays as it is, unless --overwrite is given. Redirects are followed, but never from https to http.

Without a URL and a list: 20 files of 1 MB from a practice server that answers after 200 ms with 2 MB/s a connection.

Examples:
  lwasync download                              see what twenty at once gain, without a network
  lwasync download https://example.com/a.iso https://example.com/b.iso --dir isos
  lwasync download -i list.txt -c 8 --limit-rate 5MB/s
  lwasync download https://example.com/a.iso --checksum sha256=9f86d08...
  lwasync download -i SHA256SUMS --base-url https://example.com/release/
  generate-list | lwasync download -i - --json
  lwasync download -i list.txt -o download.html
  lwasync download --compare                    one after another against all together, and the multiple

With --compare the same files are downloaded synchronously, one after another, and asynchronously, together; --json prints the
document of a comparison, and -o takes .trace.json, too. The last whole copy of each file stays.

Exit codes: 0 all files are there, 2 wrong usage, 3 some files failed, 5 the disk is full and everything can be resumed,
70 a fault of ours, 130 interrupted.`;

/** Adds `lwasync download`: the files of a list, all together, resumable and verified. */
export function addDownloadCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('download')
    .description('download files together: fast, resumable, verified')
    .argument('[url...]', 'what to download; nothing: 20 files of a practice server');
  addItemOptions(command);
  addLimitOptions(command);
  addTrustOptions(command)
    .option('--overwrite', 'replace files that are there')
    .option('--no-fsync', 'do not wait until a file is on the disk before it is called done')
    .addOption(outputOption(DOWNLOAD_RENDERERS))
    .option('--json', 'print a line of JSON for each event, the last with everything')
    .option(
      '--compare',
      'download one after another too, and say which was faster by how many times',
    )
    .addOption(
      valueOption(
        '-r, --rounds <count>',
        'with --compare, exactly so many rounds (default: as many as fit into a minute, 1 to 3)',
        (text) => parseCount(text, { min: 1, max: 1000 }),
      ),
    )
    .addHelpText('after', HELP)
    .action(async (urls: string[], options: DownloadCommandOptions) => {
      if (options.compare === true) {
        const { runDownloadComparison } = await import('./download-compare.js');
        end(await runDownloadComparison(urls, options));
        return;
      }
      if (options.rounds !== undefined) {
        throw new UsageError('--rounds is about --compare, which was not given');
      }
      const { runDownload } = await import('./download-session.js');
      end(await runDownload(urls, options));
    });
}

function addItemOptions(command: Command): void {
  command
    .addOption(
      valueOption<string[]>(
        '-i, --input <file>',
        'a list of addresses, or a SHA256SUMS file; - is standard input; may be given again',
        (path, before = []) => [...before, path],
      ),
    )
    .option('--base-url <url>', 'where the files of a SHA256SUMS file are')
    .option('--name <name>', 'the name of the file, of one URL')
    .addOption(
      valueOption(
        '--checksum <kind=hex>',
        'what the file must add up to, of one URL',
        parseChecksum,
      ),
    )
    .option('--dir <folder>', 'the folder for the files, made if missing (default: this one)')
    .addOption(
      valueOption(
        '-H, --header <"Name: value">',
        'a header to send; may be given again',
        parseHeader,
      ),
    );
}

function addLimitOptions(command: Command): void {
  const parseRetries = (text: string): number => parseCount(text, { min: 0, max: 1000 });
  command
    .addOption(
      valueOption('-c, --concurrency <count>', 'most files at once', parseNumber, { value: 20 }),
    )
    .addOption(
      valueOption('--per-host <count>', 'most files at once from one host', parseNumber, {
        value: 20,
      }),
    )
    .addOption(
      valueOption('--limit-rate <rate>', 'of all together, like 2MB/s (default: none)', parseRate),
    )
    .addOption(
      valueOption(
        '--retries <count>',
        'requests in a row that may bring nothing new, beside the first',
        parseRetries,
        { value: 5 },
      ),
    )
    .addOption(
      valueOption(
        '--timeout <duration>',
        'limit for a connection and for the begin of an answer',
        toPositiveDuration,
        { value: 30_000, shown: '30s' },
      ),
    )
    .addOption(
      valueOption(
        '--stall <duration>',
        'give a connection up that brings nearly nothing for so long',
        toPositiveDuration,
        { value: 20_000, shown: '20s' },
      ),
    )
    .addOption(
      valueOption(
        '--max-size <size>',
        'largest file to accept (default: any, 1GiB where the length is not told)',
        (text) => parseSize(text),
      ),
    );
}
