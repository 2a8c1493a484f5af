import { Session } from 'node:inspector';

/** What is used of a message of the debugger; each kind has its own part of it. */
interface DebuggerMessage {
  readonly method?: string;
  readonly params?: {
    readonly scriptId?: string;
    readonly url?: string;
    readonly callFrames?: readonly {
      readonly location: { readonly scriptId: string; readonly lineNumber: number };
    }[];
  };
}

/**
 * The line of `file`, from 1, that a worker thread of this process is at, which never returns to its event loop: it is stopped by
 * the debugger, which can stop JavaScript that runs or sleeps in Atomics.wait, but not every call that blocks. `found` is called once, or never, and the
 * thread stays stopped.
 *
 * Source: the Chrome DevTools Protocol, domain Debugger, and Node's domain NodeWorker, by which a worker is reached.
 */
export function findHeldLine(file: string, found: (line: number) => void): void {
  const session = new Session();
  const scripts = new Map<string, string>();
  session.connect();
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
    ['Debugger.enable', 'Debugger.pause'].forEach((method, id) => {
      const message = JSON.stringify({ id, method });
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    });
  });
  session.on('NodeWorker.receivedMessageFromWorker', ({ params: { message } }) => {
    const { method, params = {} }: DebuggerMessage = Object(JSON.parse(message));
    const { scriptId, url, callFrames = [] } = params;
    if (scriptId !== undefined && url !== undefined) scripts.set(scriptId, url);
    if (method !== 'Debugger.paused') return;
    const frame = callFrames.find(({ location }) => scripts.get(location.scriptId)?.endsWith(file));
    if (frame !== undefined) found(frame.location.lineNumber + 1);
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
}
