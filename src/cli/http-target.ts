import type { Command } from 'commander';
import type { PracticeTarget } from '../experiment/practice-target.js';
import type { HttpTaskSpec } from '../tasks/http-task.js';
import { parseHeader, toDuration } from './option-parsers.js';
import { addRequestOptions, toCallOptions, type RequestOptions } from './request-options.js';
import { remark } from './terminal.js';
import { valueOption } from './value-option.js';

/** The options that say how a call is made. */
export interface HttpOptions extends RequestOptions {
  readonly header?: Record<string, string>;
  readonly method?: string;
  readonly timeout?: number;
  readonly parse: boolean;
}

/** A task, and the practice server behind it if one had to be found. */
export interface HttpTarget {
  readonly task: HttpTaskSpec;
  readonly close: () => Promise<void>;
}

/** Adds the target and the options that say how a call is made. */
export function addHttpOptions(command: Command): Command {
  const described = command
    .argument('[url]', 'what to call; a path like /slow-run or nothing means the practice server')
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
 * The task that the words of a command mean. With no URL, or only a path, it is the practice server's, which is started
 * if it does not run.
 *
 * @throws {UsageError} when the URL or an option cannot be used.
 */
export async function openHttpTarget(
  target: string | undefined,
  options: HttpOptions,
): Promise<HttpTarget> {
  const { httpTask } = await import('../tasks/http-task.js');
  const callOptions = {
    ...(await toCallOptions(options)),
    parse: options.parse,
    ...(options.header === undefined ? {} : { headers: options.header }),
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
  };
  const path = target === undefined ? '/say-hi' : target.startsWith('/') ? target : undefined;
  if (target !== undefined && path === undefined) {
    return { task: httpTask(target, callOptions), close: async () => {} };
  }
  // A wrong option is told before a server is started for nothing.
  httpTask('http://localhost', callOptions);
  const { findPracticeServer } = await import('../experiment/practice-target.js');
  const server = await findPracticeServer();
  remark(describeServer(server));
  for (const warning of server.warnings) remark(`practice server: ${warning}`);
  return { task: httpTask(`${server.url}${path}`, callOptions), close: () => server.close() };
}

function describeServer({ started, url }: PracticeTarget): string {
  return started
    ? `started the practice server for this run on ${url}`
    : `using the practice server that runs on ${url}`;
}
