import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.js';

const ROOT = join(import.meta.dirname, '..');
const version = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
).version;

describe('a wrong word', () => {
  it.each([
    [
      ['compare', '-n', '0'],
      "--number: expected a whole number from 1 to 10,000,000 (like 10, 10k or 1m), got '0'",
    ],
    [['compare', '-n', '-3'], "got '-3'"],
    [['sync', '-n', '1e9'], "got '1e9'"],
    [['async', '-n', 'ten'], "got 'ten'"],
    [['async', '-c', '0'], '--concurrency: expected a whole number'],
    [['compare', '--frobnicate'], "unknown option '--frobnicate'"],
    [['compare', '--numbr', '3'], 'Did you mean --number?'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['compare', 'localhost:8080/say-hi'], "try 'http://localhost:8080/say-hi'"],
    [['async', 'ftp://localhost/x'], 'ftp:// is not supported'],
    [['compare', 'one', 'two'], "and command, got 'one'"],
    [['compare', '--modes', 'sync,sync'], '--modes: expected modes'],
    [['compare', '--modes', 'sync', '--expect', 'async>=8x'], 'needs the mode async'],
    [['compare', '--expect', 'sync>=2x'], 'compares sync with itself'],
    [['compare', '--expect', 'loop>=2x'], '--modes sync,sequential,async,loop'],
    [['compare', '--expect', 'fast>=2x'], 'expected sync or sequential or async'],
    [['compare', '--expect', 'async>=8x@20'], '-n 20, or -n 10 --double'],
    [['compare', 'pi', '--expect', 'sequential>=1x'], 'runs only when it is named'],
    [['compare', 'pi', '--modes', 'sync,loop', '--expect', 'loop>=1x'], 'does http and sleep'],
    [['async', '--expect', 'async>=8x'], 'which lwasync compare does'],
    [['async', '--expect', 'sync:p99<1s'], 'names sync, expected async'],
    [['compare', '--expect', 'fast'], '--expect: expected something like'],
    [['compare', '-o', 'report.txt'], 'ends in .trace.json, .json, .html, .md, .svg'],
    [['compare', '-o', '/no/such/folder/x.svg'], 'no file can be written'],
    [['compare', '-H', 'nonsense'], '--header: expected "Name: value"'],
    [['compare', '--timeout', '5'], '--timeout: expected a duration with its unit'],
    [['compare', '-m', 'GET /'], 'expected an HTTP method'],
    [['serve', '--port', '70000'], '--port: expected a whole number'],
    [['serve', '--fail-rate', '2'], '--fail-rate: expected a share'],
  ])('%j gets one sentence and exit code 2', async (words, part) => {
    const { code, stdout, stderr } = await runCli(words);
    expect(stderr).toContain(part);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^lwasync: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('asking for help', () => {
  it('shows the commands, and for each its options and examples, with exit code 0', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const command of ['serve', 'sync', 'async', 'compare', 'download', 'diff', 'loop']) {
      expect(stdout).toContain(`  ${command} `);
      const help = await runCli([command, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain('Examples:');
    }
  });

  it('prints the version', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
