import { describe, expect, it } from 'vitest';
import { REAL_DISK, type Disk } from './disk.js';
import { Space } from './space.js';

function diskWith(free: number | undefined): Disk {
  return { ...REAL_DISK, freeBytes: () => Promise.resolve(free) };
}

describe('the space for a batch', () => {
  it('is enough for as much as was free when it began', async () => {
    const space = await Space.of(diskWith(100), 'there');
    space.reserve(0, 60);
    space.reserve(1, 40);
    expect(() => space.reserve(2, 1)).toThrow(
      '3 of the files need 101 B and the disk of there has 100 B free',
    );
  });

  it('is taken once by a file that begins again', async () => {
    const space = await Space.of(diskWith(100), 'there');
    for (const bytes of [90, 100, 80]) space.reserve(0, bytes);
    expect(() => space.reserve(1, 21)).toThrow('2 of the files need 101 B');
  });

  it('is enough for everything where it is not known', async () => {
    const space = await Space.of(diskWith(undefined), 'there');
    space.reserve(0, Number.MAX_SAFE_INTEGER);
    expect(space.freeBytes).toBe(Infinity);
  });
});
