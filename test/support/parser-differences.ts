import type { Outcome } from './answer-outcome.js';
import type { NodeOutcome } from './node-outcome.js';

/** A way in which our parser and Node's are known to differ. */
interface Difference {
  readonly reason: string;
  /** Whether a difference over this answer is of this kind. */
  readonly isOfThisKind: (text: string, ours: Outcome, nodes: NodeOutcome) => boolean;
}

/** Whether both take the answer for the same, or both refuse it. Bytes that are left over are a refusal of ours. */
export function agree(ours: Outcome, nodes: NodeOutcome): boolean {
  if ('code' in ours) return 'code' in nodes;
  if ('code' in nodes) return ours.leftOver > 0;
  return ours.leftOver === 0 && ours.status === nodes.status && ours.body === nodes.body;
}

function weRefuse(message: string, form: RegExp): Difference['isOfThisKind'] {
  return (text, ours, nodes) =>
    'code' in ours && !('code' in nodes) && ours.message === message && form.test(text);
}

/** All known differences. Ours is the stricter parser in all but the last three and the tab after `chunked`. */
const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'Node reads an answer with another coding than chunked until the end',
    isOfThisKind: weRefuse('a transfer-encoding other than chunked', /transfer-encoding:/i),
  },
  {
    reason: 'Node takes chunked twice for once',
    isOfThisKind: weRefuse(
      'more than one transfer-encoding',
      /(transfer-encoding: *chunked *\r\n.*){2}/is,
    ),
  },
  {
    reason: 'Node reads chunks in HTTP/1.0',
    isOfThisKind: weRefuse(
      'a transfer-encoding in an answer of HTTP/1.0',
      /HTTP\/1\.0 \d{3}.*transfer-encoding:/is,
    ),
  },
  {
    reason: 'Node overlooks a transfer-encoding in trailers',
    isOfThisKind: weRefuse(
      'a trailer that says how long the body is',
      /\r\n0+(;.*)?\r\n(.*\r\n)*transfer-encoding:/i,
    ),
  },
  {
    reason: 'Node takes "chunked" with a tab beside it for another coding',
    isOfThisKind: (text, _, nodes) =>
      !('code' in nodes) && /transfer-encoding:[^\r\n]*\t/i.test(text),
  },
  {
    reason: 'Node reads a reason with control characters',
    isOfThisKind: weRefuse('a control character in the status line', /HTTP\/1\.\d \d{3} /),
  },
  {
    reason: 'Node takes two carriage returns for the end of a status line',
    isOfThisKind: weRefuse(
      'a carriage return without a line feed in the status line',
      /HTTP\/1\.\d \d{3}[^\r\n]*\r\r/,
    ),
  },
  {
    reason: 'Node skips line ends before a status line',
    isOfThisKind: weRefuse(
      'something else than a status line of HTTP/1',
      /(^|\r\n\r\n)[\r\n]+HTTP\//,
    ),
  },
  {
    reason: 'Node reads answers of HTTP/0.9 and HTTP/2.0 in the form of HTTP/1.1',
    isOfThisKind: weRefuse('something else than a status line of HTTP/1', /HTTP\/(0\.9|2\.0) /),
  },
  {
    reason:
      'Node gives a change of protocol that nobody asked for to its caller, or passes it over',
    isOfThisKind: weRefuse('a change of protocol that was not asked for', /HTTP\/1\.\d 101 /),
  },
  {
    reason: 'Node knows statuses below 100',
    isOfThisKind: weRefuse('a status that is no number from 100 to 999', /HTTP\/1\.\d 0\d\d/),
  },
  {
    reason:
      'Node drops bytes after an answer where they are line ends or the connection is to close',
    isOfThisKind: (_, ours, nodes) => 'leftOver' in ours && ours.leftOver > 0 && !('code' in nodes),
  },
  {
    reason: 'Node wants chunk extensions in their grammar, we only skip them',
    isOfThisKind: (text, ours, nodes) =>
      'status' in ours && 'code' in nodes && /\r\n[0-9a-f]+;/i.test(text),
  },
  {
    reason: 'Node takes an interim answer of HTTP/1.0 for the last one of the connection',
    isOfThisKind: (text, ours, nodes) =>
      'status' in ours && 'code' in nodes && /HTTP\/1\.0 1\d\d/.test(text),
  },
  {
    reason: 'Node takes no tab for the space beside a content-length',
    isOfThisKind: (text, ours, nodes) =>
      'status' in ours && 'code' in nodes && /content-length:[^\r\n]*\t/i.test(text),
  },
];

/** The reason why they differ over this answer; `undefined` where none is known. */
export function reasonOf(text: string, ours: Outcome, nodes: NodeOutcome): string | undefined {
  return DIFFERENCES.find(({ isOfThisKind }) => isOfThisKind(text, ours, nodes))?.reason;
}
