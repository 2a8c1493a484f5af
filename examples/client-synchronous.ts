// The synchronous client of the exercise as a program of its own. Start a server first (lwasync serve), then:
// lwasync compare examples/client-synchronous.ts examples/client-asynchronous.ts -n 10
import { makeOneCall } from 'lwasync/client-synchronous';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { number: { type: 'string', default: '10' } } });
const number = Number(values.number);
const url = process.env['URL'] ?? 'http://localhost:8080/say-hi';

const beganMs = performance.now();
for (let count = 0; count < number; count += 1) makeOneCall(url);
const seconds = (performance.now() - beganMs) / 1000;
console.log(`${number} synchronous calls took ${seconds.toFixed(3)} seconds`);
