import { describe, expect, it } from 'vitest';
import { KnownHeader } from './known-header.js';

const meaning = {
  status: 200,
  contentLength: 7,
  isChunked: false,
  keepsAlive: true,
  notes: undefined,
};

function bytesOf(text: string, offset = 0): Uint8Array {
  const bytes = new Uint8Array(text.length + offset + 8).subarray(offset);
  bytes.set(Buffer.from(text, 'latin1'));
  return bytes;
}

function knowing(text: string): KnownHeader {
  const known = new KnownHeader();
  known.remember(bytesOf(text), text.length, meaning);
  return known;
}

describe('a known header', () => {
  const header = 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n';

  it('is found at the start of a piece, wherever that lies in memory', () => {
    const known = knowing(header);
    for (let offset = 0; offset < 5; offset++) {
      const bytes = bytesOf(`${header}body`, offset);
      expect(known.find(bytes, header.length + 4)).toEqual(meaning);
    }
  });

  it('is told from every header that differs in one bit', () => {
    const known = knowing(header);
    for (let bit = 0; bit < header.length * 8; bit++) {
      const bytes = bytesOf(header);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(known.find(bytes, header.length)).toBeUndefined();
    }
  });

  it('is not found in a piece that ends before it, whatever stood behind that piece', () => {
    expect(knowing(header).find(bytesOf(header), header.length - 1)).toBeUndefined();
  });

  it('is looked for in the memory of each piece, not in that of the last', () => {
    const known = knowing(header);
    const other = bytesOf(header.replace('7', '8'));
    expect(known.find(bytesOf(header), header.length)).toEqual(meaning);
    expect(known.find(other, header.length)).toBeUndefined();
  });

  it('gives way to another only after sixteen that were not found', () => {
    const known = knowing(header);
    const other = header.replace('7', '8');
    for (let miss = 0; miss < 16; miss++) {
      known.remember(bytesOf(other), other.length, { ...meaning, contentLength: 8 });
      expect(known.find(bytesOf(other), other.length)).toBeUndefined();
    }
    known.remember(bytesOf(other), other.length, { ...meaning, contentLength: 8 });
    expect(known.find(bytesOf(other), other.length)?.contentLength).toBe(8);
    expect(known.find(bytesOf(header), header.length)).toBeUndefined();
  });

  it('is not remembered when it is long', () => {
    const long = `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(2048)}\r\n\r\n`;
    expect(knowing(long).length).toBe(0);
  });
});
