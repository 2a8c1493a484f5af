/**
 * Tells of each promise that was rejected when nobody waited for it, and keeps it from ending the thread. A listener would do,
 * but a module can remove it with all others.
 */
export function followRejections(tell: (reason: unknown) => void): void {
  const emit: typeof process.emit = Reflect.get(process, 'emit');
  Object.defineProperty(process, 'emit', {
    value: (...event: readonly unknown[]): boolean => {
      const isHeard: unknown = Reflect.apply(emit, process, event);
      const [name, reason] = event;
      if (name !== 'unhandledRejection') return isHeard === true;
      tell(reason);
      return true;
    },
  });
}
