import { expect, it } from 'vitest';
import { withLoop } from '../../test/support/loop-leaks.js';
import { listen, sleep } from '../loop/index.js';
import { formatAddress } from '../loop/system/socket-address.js';
import { toRequest } from './call-options.js';
import { LoopConnections } from './loop-connections.js';

const MOST_PASSES = 12;

it.each(['epoll', 'poll'] as const)(
  'a call that is given up after any number of passes leaves no connection, descriptor, timer or task (%s)',
  async (selector) => {
    for (let passes = 0; passes < MOST_PASSES; passes += 1) {
      await withLoop(selector, (loop) => {
        const open = loop.run(function* main() {
          const server = listen({ port: 0 }, function* silent() {
            yield* sleep(60_000);
          });
          const connections = new LoopConnections(loop);
          const request = toRequest(`http://${formatAddress(server.address)}/`);
          const call = connections.call(request, 0);
          // Each takes a pass, and the first also lets the connecting begin.
          for (let pass = 0; pass < passes; pass += 1) yield* sleep(0);
          expect(call.cancel()).toBe(true);
          for (let pass = 0; pass < MOST_PASSES; pass += 1) yield* sleep(0);
          yield* server.close();
          // Every open connection is watched.
          const left = loop.watches.size;
          connections.close();
          return left;
        });
        expect(open).toBe(0);
      });
    }
  },
);
