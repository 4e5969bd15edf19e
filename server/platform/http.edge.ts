import { answerLimit, type Transport, TransportError } from '../operators/transport.ts';

/**
 * HTTP by `fetch`, for Workers. `fetch` does not tell a refused connection from one that was lost after writing, so
 * every failure but a signal that was over before the call counts as written: at the edge such messages become
 * `unknown` and are reconciled, where Node may send them again at once.
 */
export const edgeTransport: Transport = async (request) => {
  const { signal } = request;
  if (signal.aborted) throw new TransportError('ended', false, 'the call was ended before it began');
  const fail = (error: unknown): TransportError => {
    if (error instanceof TransportError) return error;
    const words = error instanceof Error ? error.message : String(error);
    return new TransportError(signal.aborted ? 'ended' : 'dropped', true, words);
  };
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal,
      ...(request.body !== undefined && { body: request.body }),
    });
    const text = await readAll(answer);
    return { status: answer.status, header: (name) => answer.headers.get(name), text };
  } catch (error) {
    throw fail(error);
  }
};

async function readAll(answer: Response): Promise<string> {
  if (answer.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > answerLimit) {
      await reader.cancel();
      throw new TransportError('too-large', true, `answer of more than ${answerLimit} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
