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
  readonly curl: Tool | undefined;
  readonly wget: Tool | undefined;
  readonly aria2c: Tool | undefined;
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
  const tool = async (
    file: string | undefined,
    versionOf: (file: string) => Promise<string>,
  ): Promise<Tool | undefined> =>
    file === undefined ? undefined : { file, version: await versionOf(file) };
  const wordOf =
    (index: number, option = '--version') =>
    async (file: string): Promise<string> =>
      word(await ask(file, option), index);
  const ofPackage = (file: string): Promise<string> => debianVersion(ask, file);
  const autocannon = isExecutable(LOCAL_AUTOCANNON) ? LOCAL_AUTOCANNON : find('autocannon');
  return {
    python: await findPython(ask),
    hey: await tool(find('hey'), ofPackage),
    wrk: await tool(find('wrk'), wordOf(1, '-v')),
    autocannon: await tool(autocannon, wordOf(1)),
    curl: await tool(find('curl'), wordOf(1)),
    wget: await tool(find('wget'), wordOf(2)),
    aria2c: await tool(find('aria2c'), wordOf(2)),
    nginx: await tool(find('nginx', ['/usr/sbin']), ofPackage),
    taskset: await tool(find('taskset'), wordOf(3)),
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
    ['curl', peers.curl?.version ?? absent],
    ['wget', peers.wget?.version ?? absent],
    ['aria2c', peers.aria2c?.version ?? absent],
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
