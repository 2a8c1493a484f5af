import { UsageError } from '../core/errors.js';
import type { Seconds } from '../core/units.js';
import type { SavedMeasurement, SavedPart } from '../statistics/run-diff.js';
import { SavedValue } from './saved-value.js';

/**
 * Reads a JSON document of `compare` or `sweep` back, as far as it can be compared with another.
 *
 * @throws {UsageError} when it is not such a document.
 */
export function readMeasurement(document: unknown): SavedMeasurement {
  const saved = new SavedValue(document, '');
  const schema = saved.isObject() ? saved.at('schema').orNull()?.text() : undefined;
  if (schema === 'lwasync.compare/1') return readCompare(saved);
  if (schema === 'lwasync.sweep/1') return readSweep(saved);
  const known = 'lwasync.compare/1 or lwasync.sweep/1';
  throw new UsageError(
    schema === undefined
      ? `expected a document of lwasync (a "schema" of ${known}), and it has none`
      : `expected a document with the schema ${known}, got ${JSON.stringify(schema.slice(0, 60))}`,
  );
}

function readCompare(saved: SavedValue): SavedMeasurement {
  const pairs = saved.at('verdict').orNull()?.at('pairs').list() ?? [];
  const tasks = saved.at('tasks').list();
  return {
    kind: 'compare',
    ...readCommon(saved),
    task: tasks.map((task) => task.at('text').text()).join(' against '),
    settings: {
      'calls a round': String(saved.at('number').number()),
      'most in flight': String(saved.at('concurrency').orNull()?.number() ?? 'no limit'),
    },
    parts: saved
      .at('modes')
      .list()
      .map((mode) => readMode(mode, pairs)),
  };
}

function readMode(mode: SavedValue, pairs: readonly SavedValue[]): SavedPart {
  const name = mode.at('name').text();
  const rounds = mode.at('seconds').list();
  const seconds = rounds.map((round) => round.positive());
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const ok = mode.at('calls').at('ok').number();
  const pair = pairs.find((candidate) => candidate.at('name').text() === name);
  return {
    name,
    seconds,
    failed: mode.at('calls').at('failed').number(),
    throughput: total === 0 ? undefined : ok / total,
    p50: readLatency(mode, 'p50'),
    p99: readLatency(mode, 'p99'),
    ratio: pair === undefined ? undefined : readRatio(pair),
  };
}

function readRatio(pair: SavedValue): SavedPart['ratio'] {
  const ratio = pair.at('ratio').orNull()?.number();
  const [low, high] = pair.at('ci95').orNull()?.list() ?? [];
  if (ratio === undefined) return undefined;
  const isWhole = low !== undefined && high !== undefined;
  return { ratio, interval: isWhole ? [low.number(), high.number()] : undefined };
}

function readSweep(saved: SavedValue): SavedMeasurement {
  const over = saved.at('over').text();
  return {
    kind: 'sweep',
    ...readCommon(saved),
    task: saved.at('task').at('text').text(),
    settings: { mode: saved.at('mode').text(), 'swept over': over },
    parts: saved
      .at('levels')
      .list()
      .map((level) => readLevel(level, over)),
  };
}

function readLevel(level: SavedValue, over: string): SavedPart {
  const number = level.at('number').number();
  const concurrency = level.at('concurrency').number();
  const rounds = level.at('throughputs').list();
  const failures = level.at('failures').list();
  return {
    name: over === 'number' ? `${number} calls` : `${concurrency} in flight`,
    seconds: rounds.map((throughput) => 1 / throughput.positive()),
    failed: failures.reduce((sum, failure) => sum + failure.at('count').number(), 0),
    throughput: level.at('throughput').number(),
    p50: readLatency(level, 'p50'),
    p99: readLatency(level, 'p99'),
    ratio: { ratio: level.at('gain').number(), interval: undefined },
  };
}

function readCommon(saved: SavedValue): Pick<SavedMeasurement, 'version' | 'environment'> {
  const environment = saved.at('environment');
  return {
    version: saved.at('version').text(),
    environment: {
      node: environment.at('node').text(),
      os: environment.at('os').text(),
      cpus: environment.at('cpus').number(),
      cpuModel: environment.at('cpuModel').text(),
    },
  };
}

function readLatency(part: SavedValue, percentile: 'p50' | 'p99'): Seconds | undefined {
  return part.at('latency').orNull()?.at(percentile).number();
}
