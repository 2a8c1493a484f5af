import { UsageError } from '../core/errors.js';
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
  const verdict = saved.at('verdict').orNull();
  const pairs = verdict?.at('pairs').list() ?? [];
  const ratioOf = (name: string): SavedPart['ratio'] => {
    const pair = pairs.find((candidate) => candidate.at('name').text() === name);
    const ratio = pair?.at('ratio').orNull()?.number();
    const bounds = pair?.at('ci95').orNull()?.list();
    if (ratio === undefined) return undefined;
    const [low, high] = bounds ?? [];
    const isWhole = low !== undefined && high !== undefined;
    return { ratio, interval: isWhole ? [low.number(), high.number()] : undefined };
  };
  return {
    kind: 'compare',
    ...readCommon(saved),
    task: saved
      .at('tasks')
      .list()
      .map((task) => task.at('text').text())
      .join(' against '),
    settings: {
      'calls a round': String(saved.at('number').number()),
      'most in flight': String(saved.at('concurrency').orNull()?.number() ?? 'no limit'),
    },
    parts: saved
      .at('modes')
      .list()
      .map((mode) => {
        const name = mode.at('name').text();
        const seconds = mode
          .at('seconds')
          .list()
          .map((each) => each.positive());
        const total = seconds.reduce((sum, each) => sum + each, 0);
        const ok = mode.at('calls').at('ok').number();
        return {
          name,
          seconds,
          failed: mode.at('calls').at('failed').number(),
          throughput: total === 0 ? undefined : ok / total,
          ...readLatency(mode),
          ratio: ratioOf(name),
        };
      }),
  };
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
      .map((level) => {
        const [number, concurrency] = [
          level.at('number').number(),
          level.at('concurrency').number(),
        ];
        return {
          name: over === 'number' ? `${number} calls` : `${concurrency} in flight`,
          seconds: level
            .at('throughputs')
            .list()
            .map((each) => 1 / each.positive()),
          failed: level
            .at('failures')
            .list()
            .reduce((sum, each) => sum + each.at('count').number(), 0),
          throughput: level.at('throughput').number(),
          ...readLatency(level),
          ratio: { ratio: level.at('gain').number(), interval: undefined },
        };
      }),
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

function readLatency(part: SavedValue): Pick<SavedPart, 'p50' | 'p99'> {
  const latency = part.at('latency').orNull();
  return { p50: latency?.at('p50').number(), p99: latency?.at('p99').number() };
}
