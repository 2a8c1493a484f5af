// The course's client on our own event loop, driven by native async and await: the same two functions as the other clients.
// Start a server first (lwasync serve), then: lwasync loop examples/loop-client.ts -- --number 20
import { makeManyCalls } from 'lwasync/client-on-loop';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    number: { type: 'string', default: '10' },
    url: { type: 'string', default: 'http://localhost:8080/say-hi' },
  },
});
const beganMs = performance.now();
const answers = await makeManyCalls(Number(values.number), values.url);
const seconds = (performance.now() - beganMs) / 1000;
console.log(`${answers.length} calls took ${seconds.toFixed(3)} seconds`);
