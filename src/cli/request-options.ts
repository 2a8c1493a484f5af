import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CallOptions } from '../clients/call-options.js';
import { parseExpectedStatus } from '../clients/expected-status.js';
import { MOST_REDIRECTS, USUAL_REDIRECTS } from '../clients/redirect-limits.js';
import { messageOf, UsageError } from '../core/errors.js';
import { parseCount, quoted } from '../core/parse-units.js';
import { remark } from './terminal.js';
import { valueOption } from './value-option.js';

/** The options that say whom https trusts. */
export interface TrustOptions {
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** The options that say what is sent, which answers are wanted, and how the connection is kept and trusted. */
export interface RequestOptions extends TrustOptions {
  readonly body?: string | Uint8Array;
  readonly expectStatus?: string;
  readonly follow?: number | true;
  readonly keepalive: boolean;
}

/** Adds these options. */
export function addRequestOptions(command: Command): Command {
  command
    .addOption(
      valueOption(
        '--body <text|@file>',
        'what to send; the method is then POST, and the content type JSON where it is JSON, otherwise text (unless -m, -H say)',
        readBody,
      ),
    )
    .addOption(
      valueOption(
        '--expect-status <list>',
        'statuses that count as success, like 200, 2xx or 200-299,404 (default: 2xx)',
        (text) => {
          parseExpectedStatus(text);
          return text;
        },
      ),
    )
    .addOption(
      valueOption<number | true>(
        '--follow [count]',
        `follow up to so many redirects a call (${USUAL_REDIRECTS} when no number is given; default: none)`,
        parseFollow,
      ),
    )
    .option('--no-keepalive', 'open a connection for each call and close it afterwards');
  return addTrustOptions(command);
}

/** Adds the options that say whom https trusts. */
export function addTrustOptions(command: Command): Command {
  return command
    .option(
      '--ca <file>',
      'certificate authority (PEM file) that https trusts, in place of the usual ones',
    )
    .option('--insecure', 'accept any certificate');
}

/**
 * These options as the clients take them.
 *
 * @throws {UsageError} when the file of a certificate authority cannot be used.
 */
export async function toCallOptions(options: RequestOptions): Promise<CallOptions> {
  const { body, expectStatus, follow, keepalive } = options;
  return {
    keepAlive: keepalive,
    ...(body === undefined ? {} : { body }),
    ...(expectStatus === undefined ? {} : { expectStatus }),
    ...(follow === undefined ? {} : { follow: follow === true ? USUAL_REDIRECTS : follow }),
    ...(await readTrust(options)),
  };
}

/**
 * Whom https trusts. A connection that trusts anybody is warned of.
 *
 * @throws {UsageError} when the file of a certificate authority cannot be used.
 */
export async function readTrust(
  options: TrustOptions,
): Promise<Pick<CallOptions, 'ca' | 'insecure'>> {
  const { ca, insecure } = options;
  if (insecure === true) {
    remark('--insecure: no certificate is checked, so anyone on the way can pose as the server');
  }
  return {
    ...(ca === undefined ? {} : { ca: await readAuthority(ca) }),
    ...(insecure === undefined ? {} : { insecure }),
  };
}

function readBody(text: string): string | Uint8Array {
  return text.startsWith('@') ? readInput(text.slice(1)) : text;
}

async function readAuthority(path: string): Promise<string> {
  const { toTlsTrust } = await import('../clients/tls-trust.js');
  try {
    const text = readInput(path).toString('latin1');
    toTlsTrust(text, false);
    return text;
  } catch (error) {
    throw new UsageError(`--ca ${quoted(path)}: ${messageOf(error)}`);
  }
}

function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`the file cannot be read (${messageOf(error)})`);
  }
}

// The word after --follow is taken for its number, whatever it is.
function parseFollow(text: string): number {
  try {
    return parseCount(text, { min: 1, max: MOST_REDIRECTS });
  } catch (error) {
    throw new UsageError(`${messageOf(error)}; without a number it stands behind the URL`);
  }
}
