import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at, parseJson } from './json.js';
import { runProgram } from './process.js';

/** An installed program: what to spawn, and its version for people. */
export interface Tool {
  readonly file: string;
  readonly version: string;
}

/** A Python interpreter that can import both HTTP libraries. */
export interface PythonTool extends Tool {
  readonly requests: string;
  readonly aiohttp: string;
}

/** The tools that are measured beside lwasync; `undefined` is not installed. */
export interface Peers {
  readonly python: PythonTool | undefined;
  readonly hey: Tool | undefined;
  readonly wrk: Tool | undefined;
  readonly autocannon: Tool | undefined;
}

const DETECT_MS = 20_000;
const UNKNOWN = 'unknown version';
// Compiled, this file lies in .cache/bench/, beside .cache/peers/.
const LOCAL_AUTOCANNON = fileURLToPath(
  new URL('../peers/node_modules/.bin/autocannon', import.meta.url),
);
const ASK_PYTHON = `
import json, platform, requests, aiohttp
print(json.dumps([platform.python_version(), requests.__version__, aiohttp.__version__]))
`;

/** Finds out which peers are installed here. */
export async function detectPeers(signal: AbortSignal): Promise<Peers> {
  const ask = async (file: string, ...words: readonly string[]): Promise<string> => {
    const result = await runProgram(file, words, { signal, limitMs: DETECT_MS });
    return result.kind === 'ended' ? result.stdout : '';
  };
  const hey = find('hey');
  const wrk = find('wrk');
  const autocannon = isExecutable(LOCAL_AUTOCANNON) ? LOCAL_AUTOCANNON : find('autocannon');
  return {
    python: await findPython(ask),
    hey: hey === undefined ? undefined : { file: hey, version: await debianVersion(ask, hey) },
    wrk: wrk === undefined ? undefined : { file: wrk, version: word(await ask(wrk, '-v'), 1) },
    autocannon:
      autocannon === undefined
        ? undefined
        : { file: autocannon, version: word(await ask(autocannon, '--version'), 1) },
  };
}

/** Each tool with its version, or with the remark that it is not installed and was left out. */
export function describePeers(peers: Peers): [name: string, version: string][] {
  const { python } = peers;
  const absent = 'not installed, left out';
  return [
    ['Python', python?.version ?? `none with requests and aiohttp, left out`],
    ['requests', python?.requests ?? absent],
    ['aiohttp', python?.aiohttp ?? absent],
    ['hey', peers.hey?.version ?? absent],
    ['autocannon', peers.autocannon?.version ?? absent],
    ['wrk', peers.wrk?.version ?? absent],
  ];
}

type Ask = (file: string, ...words: readonly string[]) => Promise<string>;

async function findPython(ask: Ask): Promise<PythonTool | undefined> {
  for (const file of ['/usr/bin/python3', 'python3']) {
    const versions = parseJson(await ask(file, '-c', ASK_PYTHON));
    if (!Array.isArray(versions)) continue;
    const [version, requests, aiohttp] = ['0', '1', '2'].map((key) => String(at(versions, key)));
    return {
      file,
      version: version ?? UNKNOWN,
      requests: requests ?? UNKNOWN,
      aiohttp: aiohttp ?? UNKNOWN,
    };
  }
  return undefined;
}

// hey prints no version of its own; where Debian's package manager put it, that one knows.
async function debianVersion(ask: Ask, file: string): Promise<string> {
  const owned = file.startsWith('/usr/bin/') ? await ask('dpkg-query', '-S', file) : '';
  const [name = ''] = owned.split(':');
  const version = name === '' ? '' : await ask('dpkg-query', '-W', '-f', '${Version}', name);
  return version === '' ? UNKNOWN : `${version} (Debian)`;
}

function word(text: string, index: number): string {
  return text.split(/\s+/)[index]?.replace(/^v/, '') ?? UNKNOWN;
}

function find(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
