// Downloads files together into a folder, and says what becomes of each. Begun again it goes on where it was stopped:
// URLS="https://example.com/a.iso https://example.com/b.iso" DIR=isos lwasync bound -- examples/download-files.ts
import { downloadAll } from 'lwasync';

const urls = process.env['URLS']?.split(' ') ?? ['http://localhost:8080/files/1'];
const items = urls.map((url) => ({ url }));

for await (const event of downloadAll(items, { dir: process.env['DIR'] ?? '.', concurrency: 5 })) {
  if (event.kind === 'begun') console.log(`${event.name}: from byte ${event.fromByte} on`);
  if (event.kind === 'retrying') console.log(`${event.reason}; another try follows`);
  if (event.kind === 'finished') {
    const { name, outcome, proof, failure } = event.file;
    console.log(failure?.message ?? `${name}: ${outcome}, checked by: ${proof}`);
  }
  if (event.kind === 'ended') {
    const { wallMs, cpuMs } = event.run;
    const cpu = ((cpuMs.user + cpuMs.system) / wallMs) * 100;
    console.log(`${(wallMs / 1000).toFixed(3)} seconds, ${cpu.toFixed(0)} % of them computing`);
  }
}
