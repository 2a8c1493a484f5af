import type { Command } from 'commander';
import { UsageError } from '../core/errors.js';
import type { PracticeTarget } from '../experiment/practice-target.js';
import type { Compared } from '../experiment/compare-options.js';
import { parseHeader, toDuration } from './option-parsers.js';
import { addRequestOptions, toCallOptions, type RequestOptions } from './request-options.js';
import { parseTasks, type TaskWords } from './task-words.js';
import { remark } from './terminal.js';
import { valueOption } from './value-option.js';

/** The options that say how a call is made. */
export interface HttpOptions extends RequestOptions {
  readonly header?: Record<string, string>;
  readonly method?: string;
  readonly timeout?: number;
  readonly parse: boolean;
}

/** The tasks that were named, and the practice server behind them if one had to be found. */
export interface Target {
  readonly tasks: readonly Compared[];
  readonly close: () => Promise<void>;
}

/** Adds the target and the options that say how a call is made. */
export function addHttpOptions(command: Command): Command {
  const described = command
    .argument('[task...]', 'what to do: a URL, sleep 200ms, ./task.ts … (below)')
    .addOption(
      valueOption(
        '-H, --header <"Name: value">',
        'a header to send; may be given again',
        parseHeader,
      ),
    )
    .option('-m, --method <method>', 'HTTP method (default: GET, with --body POST)')
    .addOption(
      valueOption(
        '--timeout <duration>',
        "limit for one call (default: 10s; 60s for the practice server's two-second routes)",
        toDuration,
      ),
    )
    .option('--no-parse', 'accept any answer, not only JSON, and keep none');
  return addRequestOptions(described);
}

/**
 * The tasks that the words of a command mean. With no word, or only a path, it is a call to the practice server, which is
 * started if it does not run.
 *
 * @throws {UsageError} when a task or an option cannot be used.
 */
export async function openTarget(words: TaskWords, options: HttpOptions): Promise<Target> {
  const named = parseTasks(words, options.timeout);
  if (named.length === 0) named.push({ kind: 'path', path: '/say-hi' });
  if (named.every(({ kind }) => kind === 'other')) refuseCallOptions(options);
  const { httpTask } = await import('../tasks/http-task.js');
  const callOptions = {
    ...(await toCallOptions(options)),
    parse: options.parse,
    ...(options.header === undefined ? {} : { headers: options.header }),
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
  };
  // A wrong option is told before a server is started for nothing.
  httpTask('http://localhost', callOptions);
  const opened = (server: string): Compared[] =>
    named.map((task) => {
      if (task.kind === 'other') return task.task;
      return httpTask(task.kind === 'url' ? task.url : server + task.path, callOptions);
    });
  if (!named.some(({ kind }) => kind === 'path'))
    return { tasks: opened(''), close: async () => {} };
  const { findPracticeServer } = await import('../experiment/practice-target.js');
  const server = await findPracticeServer();
  remark(describeServer(server));
  for (const warning of server.warnings) remark(`practice server: ${warning}`);
  return { tasks: opened(server.url), close: () => server.close() };
}

// An option that would change nothing is more likely a mistake than a wish.
function refuseCallOptions(options: HttpOptions): void {
  const given: readonly (readonly [name: string, isGiven: boolean])[] = [
    ['--header', options.header !== undefined],
    ['--method', options.method !== undefined],
    ['--no-parse', !options.parse],
    ['--body', options.body !== undefined],
    ['--expect-status', options.expectStatus !== undefined],
    ['--follow', options.follow !== undefined],
    ['--no-keepalive', !options.keepalive],
    ['--ca', options.ca !== undefined],
    ['--insecure', options.insecure === true],
  ];
  const [name] = given.find(([, isGiven]) => isGiven) ?? [];
  if (name !== undefined) {
    throw new UsageError(`${name} is for calls (http://…, https://…), and this task makes none`);
  }
}

function describeServer({ started, url }: PracticeTarget): string {
  return started
    ? `started the practice server for this run on ${url}`
    : `using the practice server that runs on ${url}`;
}
