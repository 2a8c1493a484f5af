// Requests through undici, one after another on each connection; prints figures of the part that counts.
// Usage: load-undici.mjs URL CONNECTIONS WARMUP_S MEASURED_S client|pool json|raw
// client: a Client for each connection, which is the cheapest; pool: one Pool with so many connections.
import { Client, Pool } from 'undici';
import { onNode, openWindow, readWords } from './load-window.mjs';

const { url, connections, warmupS, measuredS, kind, decodes } = readWords();
const { origin, pathname: path } = new URL(url);
const window = openWindow(onNode, warmupS, measuredS);
const pool = kind === 'pool' ? new Pool(origin, { connections }) : undefined;

async function lane() {
  const client = pool ?? new Client(origin);
  while (!window.isOver) {
    const { statusCode, body } = await client.request({ path, method: 'GET' });
    if (statusCode !== 200) throw new Error(`error: status ${statusCode}`);
    await (decodes ? body.json() : body.dump());
    window.completed += 1;
  }
  if (client !== pool) await client.close();
}

await Promise.all(Array.from({ length: connections }, lane));
await pool?.close();
console.log(JSON.stringify(window.figures));
