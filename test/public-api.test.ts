import { expect, it } from 'vitest';

/** Everything that users of the package can import, by entry. A change here is a change for them: see CHANGELOG.md. */
it.each([
  'lwasync',
  'lwasync/client-synchronous',
  'lwasync/client-asynchronous',
  'lwasync/client-on-loop',
  'lwasync/loop',
  'lwasync/server',
])('%s exports exactly these names', async (entry) => {
  const face = (await import(entry)) as Record<string, unknown>;
  const names = Object.keys(face)
    .toSorted()
    .map((name) => `${name}: ${typeof face[name]}`);
  expect(names).toMatchSnapshot();
});
