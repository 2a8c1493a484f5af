import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../test/support/answer-outcome.js';
import { anyMutatedAnswer } from '../../test/support/mutated-answers.js';
import { type NodeClient, startNodeClient } from '../../test/support/node-outcome.js';
import { agree, reasonOf } from '../../test/support/parser-differences.js';

// The same damage every time, so that a test fails because of a change and not because of chance. `make test-long` looks
// for differences that nobody knows yet, with another seed each time.
function seedOf(text: string | undefined): { seed: number } {
  return { seed: text === undefined ? 1 : Number(text) };
}

describe('a damaged answer', () => {
  let node: NodeClient;
  beforeAll(async () => {
    node = await startNodeClient();
  });
  afterAll(() => node.close());

  it("is read or refused as by Node's parser, but for the known differences", async () => {
    await fc.assert(
      fc.asyncProperty(anyMutatedAnswer, async ({ method, text }) => {
        const ours = outcomeOf(text, { method });
        const nodes = await node.read(text, method);
        if (!agree(ours, nodes)) {
          expect({ ours, nodes, reason: reasonOf(text, ours, nodes) }).toHaveProperty(
            'reason',
            expect.any(String),
          );
        }
      }),
      { numRuns: 6000, ...seedOf(process.env['LWASYNC_SEED']) },
    );
  });
});
