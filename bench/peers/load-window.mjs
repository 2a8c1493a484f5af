// The part of a run that counts: after a while of warming up, for a while. Whoever makes the requests counts them in
// `completed` and goes on until `isOver`; nothing that comes after, like closing connections, is part of the figures.

/** `later(ms, callback)` is a timer of the loop that makes the requests. Times in seconds. */
export function openWindow(later, warmupS, measuredS) {
  const window = { completed: 0, isOver: false, figures: undefined };
  later(warmupS * 1000, () => {
    const begin = look(window);
    later(measuredS * 1000, () => {
      const end = look(window);
      window.figures = {
        requests: end.completed - begin.completed,
        seconds: end.seconds - begin.seconds,
        cpuSeconds: end.cpuSeconds - begin.cpuSeconds,
      };
      window.isOver = true;
    });
  });
  return window;
}

/** A timer of Node's loop, for `openWindow`. */
export function onNode(delayMs, callback) {
  setTimeout(() => callback(), delayMs);
}

function look({ completed }) {
  // All threads of the process: the garbage collector and the compiler count too.
  const { user, system } = process.cpuUsage();
  return { completed, seconds: performance.now() / 1000, cpuSeconds: (user + system) / 1e6 };
}

/** The words of the command line that all of these scripts have in common. */
export function readWords() {
  const [url, connections, warmupS, measuredS, kind, decode] = process.argv.slice(2);
  const numbers = { connections: +connections, warmupS: +warmupS, measuredS: +measuredS };
  return { url, ...numbers, kind, decodes: decode === 'json' };
}
