// Downloads what its first word says, a JSON object of items and options, and prints each event as a line.
import { writeSync } from 'node:fs';
import { downloadAll } from '../../dist/download/download-all.js';

const { items, options } = JSON.parse(process.argv[2]);
for await (const event of downloadAll(items, options)) {
  writeSync(1, `${JSON.stringify(event)}\n`);
}
