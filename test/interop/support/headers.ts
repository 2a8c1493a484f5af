import { once } from 'node:events';
import { get, IncomingMessage, type IncomingHttpHeaders } from 'node:http';

/** The headers that a server answers with: proof that it does what a test is about. */
export async function headersOf(url: string): Promise<IncomingHttpHeaders> {
  const { headers } = await answerOf(url);
  return headers;
}

/** Protocol version and status that a server answers with, like `HTTP/1.0 200`. */
export async function statusLineOf(url: string): Promise<string> {
  const { httpVersion, statusCode } = await answerOf(url);
  return `HTTP/${httpVersion} ${statusCode}`;
}

async function answerOf(url: string): Promise<IncomingMessage> {
  const [answer]: unknown[] = await once(get(url, { agent: false }), 'response');
  if (!(answer instanceof IncomingMessage)) throw new Error(`${url} did not answer`);
  answer.resume();
  return answer;
}
