import { setTimeout as wait } from 'node:timers/promises';
import type { CaughtMail, PhoneText } from '../server/sandbox/store.ts';

const patience = 60_000;

const items = async <Item>(url: string): Promise<Item[]> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return ((await answer.json()) as { items: Item[] }).items;
};

/** The sandbox as its users see it: simulated phones and caught mails, newest first. */
export const sandboxOf = (server: { url: string }) => {
  const texts = (number = ''): Promise<PhoneText[]> =>
    items(`${server.url}/sandbox/texts?limit=1000&number=${encodeURIComponent(number)}`);
  const mails = (to: string): Promise<CaughtMail[]> =>
    items(`${server.url}/sandbox/mails?to=${encodeURIComponent(to)}`);
  /** How many mails have gone to the address: what is newer than that is an answer to what comes next. */
  const newest = async (to: string) => (await mails(to))[0]?.id ?? 0;
  return {
    texts,
    mails,
    newest,
    /** The sign-in code that was mailed to the address last, after that mail. */
    async code(to: string, after = 0): Promise<string> {
      for (const until = Date.now() + patience; Date.now() < until; await wait(100)) {
        const mail = (await mails(to)).find(({ id }) => id > after);
        const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
        if (code !== undefined) return code;
      }
      throw new Error(`No sign-in code came to ${to}`);
    },
  };
};

export type Sandbox = ReturnType<typeof sandboxOf>;
