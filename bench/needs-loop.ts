import { EventLoop } from 'lwasync/loop';
import type { Group } from './group.js';

/** The group, left out with a sentence that says why where the event loop of lwasync cannot run. */
export function needsLoop(group: Group): Group {
  return {
    ...group,
    measure: async (context) => {
      const why = EventLoop.unavailable();
      if (why === undefined) return group.measure(context);
      return [{ kind: 'paragraph', text: `This was not measured: ${why}.` }];
    },
  };
}
