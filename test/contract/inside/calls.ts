import { inject } from 'vitest';

/** One thing outside of workerd, which asks its test what to do. */
export interface Outside<Facts> {
  facts: Facts;
  end(): Promise<void>;
}

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${inject('outside')}/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text) as Answer;
}

/** Starts one. @param respond what it asks is answered by; absent: it asks nothing */
export async function start<Facts, Question = never>(
  kind: string,
  options: object,
  respond?: (question: Question) => unknown,
): Promise<Outside<Facts>> {
  const { id, ...facts } = await call<Facts & { id: string }>('POST', kind, options);
  const answerAll = async () => {
    for (;;) {
      const { n, question } = await call<{ n: number; question: Question }>('GET', id);
      if (n === 0 || respond === undefined) return;
      // The next one does not wait for this one's answer.
      void (async () => call('POST', `${id}/${n}`, await respond(question)))();
    }
  };
  const ended = respond === undefined ? Promise.resolve() : answerAll();
  return {
    facts: facts as Facts,
    end: async () => {
      await call('DELETE', id);
      await ended;
    },
  };
}
