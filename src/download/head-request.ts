import { DownloadError } from '../core/download-error.js';
import { isRedirect } from '../clients/redirection.js';
import { AnswerDeadline } from './answer-deadline.js';
import type { BatchContext } from './batch-context.js';
import type { PlannedFile } from './file-names.js';
import type { AnswerHead } from './transport.js';
import { WayToFile } from './way-to-file.js';

/** What the server says of a file without sending it; `undefined` when it says nothing, for whatever reason. */
export async function askForHead(
  file: PlannedFile,
  context: BatchContext,
): Promise<AnswerHead | undefined> {
  const { settings } = context;
  const way = new WayToFile(file.url, { ...settings.headers, ...file.headers });
  try {
    for (;;) {
      const head = await headOf(way, context);
      if (head === undefined || !isRedirect(head.status)) {
        return head?.status === 200 ? head : undefined;
      }
      way.follow(head.location ?? '');
    }
  } catch (error) {
    if (error instanceof DownloadError && !context.signal.aborted) return undefined;
    throw error;
  }
}

async function headOf(
  { url, headers }: WayToFile,
  context: BatchContext,
): Promise<AnswerHead | undefined> {
  let received: AnswerHead | undefined;
  const transport = await context.transportFor(url);
  const exchange = transport.send(
    { method: 'HEAD', url, headers: { ...headers, 'accept-encoding': 'identity' } },
    {
      head: (head) => {
        received = head;
        return false;
      },
      body: () => true,
    },
  );
  const { timeoutMs } = context.settings;
  const deadline = new AnswerDeadline(timeoutMs, timeoutMs, (kind) =>
    exchange.abort(new DownloadError(kind, 'no answer in time')),
  );
  const forget = context.stoppable(exchange);
  try {
    await exchange.ended;
    return received;
  } finally {
    forget();
    deadline.end();
  }
}
