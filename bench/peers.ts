import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  /** `undefined` where it cannot be imported. */
  readonly uvloop: string | undefined;
}

/** The tools that are measured beside lwasync or help with it; `undefined` is not installed. */
export interface Peers {
  readonly python: PythonTool | undefined;
  readonly hey: Tool | undefined;
  readonly wrk: Tool | undefined;
  readonly autocannon: Tool | undefined;
  /** The server of those groups that ask for one. */
  readonly nginx: Tool | undefined;
  /** Keeps a program on a core. */
  readonly taskset: Tool | undefined;
}

const DETECT_MS = 20_000;
const UNKNOWN = 'unknown version';
// Compiled, this file lies in .cache/bench/, beside .cache/peers/.
const LOCAL_AUTOCANNON = fileURLToPath(
  new URL('../peers/node_modules/.bin/autocannon', import.meta.url),
);
const ASK_PYTHON = `
import json, platform, requests, aiohttp
try:
    from uvloop import __version__ as uvloop
except ImportError:
    uvloop = None
print(json.dumps([platform.python_version(), requests.__version__, aiohttp.__version__, uvloop]))
`;

/** Finds out which peers are installed here. */
export async function detectPeers(signal: AbortSignal): Promise<Peers> {
  const ask = async (file: string, ...words: readonly string[]): Promise<string> => {
    const result = await runProgram(file, words, { signal, limitMs: DETECT_MS });
    return result.kind === 'ended' ? result.stdout : '';
  };
  const hey = find('hey');
  const wrk = find('wrk');
  const nginx = find('nginx', ['/usr/sbin']);
  const taskset = find('taskset');
  const autocannon = isExecutable(LOCAL_AUTOCANNON) ? LOCAL_AUTOCANNON : find('autocannon');
  return {
    python: await findPython(ask),
    hey: hey === undefined ? undefined : { file: hey, version: await debianVersion(ask, hey) },
    wrk: wrk === undefined ? undefined : { file: wrk, version: word(await ask(wrk, '-v'), 1) },
    autocannon:
      autocannon === undefined
        ? undefined
        : { file: autocannon, version: word(await ask(autocannon, '--version'), 1) },
    nginx:
      nginx === undefined ? undefined : { file: nginx, version: await debianVersion(ask, nginx) },
    taskset:
      taskset === undefined
        ? undefined
        : { file: taskset, version: word(await ask(taskset, '--version'), 3) },
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
    ['uvloop', python?.uvloop ?? absent],
    ['hey', peers.hey?.version ?? absent],
    ['autocannon', peers.autocannon?.version ?? absent],
    ['wrk', peers.wrk?.version ?? absent],
    ['undici', undiciVersion()],
    ['nginx', peers.nginx?.version ?? absent],
    ['taskset', peers.taskset?.version ?? absent],
  ];
}

type Ask = (file: string, ...words: readonly string[]) => Promise<string>;

async function findPython(ask: Ask): Promise<PythonTool | undefined> {
  for (const file of ['/usr/bin/python3', 'python3']) {
    const versions = parseJson(await ask(file, '-c', ASK_PYTHON));
    if (!Array.isArray(versions)) continue;
    const [version, requests, aiohttp] = ['0', '1', '2'].map((key) => String(at(versions, key)));
    const uvloop = at(versions, '3');
    return {
      file,
      version: version ?? UNKNOWN,
      requests: requests ?? UNKNOWN,
      aiohttp: aiohttp ?? UNKNOWN,
      uvloop: typeof uvloop === 'string' ? uvloop : undefined,
    };
  }
  return undefined;
}

// hey prints no version of its own, and nginx prints it as a complaint; where Debian's package manager put it, that one knows.
async function debianVersion(ask: Ask, file: string): Promise<string> {
  const owned = /^\/usr\/s?bin\//.test(file) ? await ask('dpkg-query', '-S', file) : '';
  const [name = ''] = owned.split(':');
  const version = name === '' ? '' : await ask('dpkg-query', '-W', '-f', '${Version}', name);
  return version === '' ? UNKNOWN : `${version} (Debian)`;
}

function word(text: string, index: number): string {
  return text.split(/\s+/)[index]?.replace(/^v/, '') ?? UNKNOWN;
}

// A dependency of lwasync, so it is always there.
function undiciVersion(): string {
  const manifest = createRequire(import.meta.url).resolve('undici/package.json');
  const version = at(parseJson(readFileSync(manifest, 'utf8')), 'version');
  return typeof version === 'string' ? version : UNKNOWN;
}

function find(name: string, more: readonly string[] = []): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...more].map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
