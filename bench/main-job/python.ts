import { fileURLToPath } from 'node:url';
import { numberAt, parseJson } from '../json.js';
import type { PythonTool } from '../peers.js';
import { complaintOf, runProgram } from '../process.js';
import { LIMITED } from './comparisons.js';
import type { Contender, Outcome, State } from './contender.js';

// The scripts are not compiled: from .cache/bench/main-job/ back to bench/peers/.
const SCRIPTS = new URL('../../../bench/peers/', import.meta.url);

/** Python's requests: one session, one call after another. */
export function pythonRequests(python: PythonTool): Contender {
  return contender(python, 'requests', 'synchronous', 'requests_session.py', []);
}

/** Python's aiohttp with the 100 connections that it allows itself. */
export function pythonAiohttp(python: PythonTool): Contender {
  return contender(python, LIMITED, 'asynchronous', 'aiohttp_session.py', []);
}

/** Python's aiohttp with as many connections as calls. */
export function pythonAiohttpUnlimited(python: PythonTool): Contender {
  return contender(python, 'aiohttp (no limit)', 'asynchronous', 'aiohttp_session.py', ['0']);
}

function contender(
  python: PythonTool,
  name: string,
  manner: Contender['manner'],
  script: string,
  more: readonly string[],
): Contender {
  const file = fileURLToPath(new URL(script, SCRIPTS));
  const measure: Contender['measure'] = async ({ url, number, signal }) => {
    const words = [file, url, String(number), ...more];
    const result = await runProgram(python.file, words, { signal });
    const printed = result.kind === 'ended' ? parseJson(result.stdout) : undefined;
    const none: Outcome = { kind: 'none', reason: complaintOf(result) };
    return { cold: readState(printed, 'cold', none), warm: readState(printed, 'warm', none) };
  };
  return { name, manner, states: ['cold', 'warm'], measure };
}

function readState(printed: unknown, state: State, none: Outcome): Outcome {
  const seconds = numberAt(printed, state, 'seconds');
  const failed = numberAt(printed, state, 'failed');
  if (seconds === undefined || failed === undefined) return none;
  return { kind: 'time', seconds, failed };
}
