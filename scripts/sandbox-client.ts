import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import type { ServerProcess } from './server-process.ts';

const patience = 30_000;

const query = (server: ServerProcess, sql: string, ...args: string[]) => {
  const database = new DatabaseSync(join(server.data, 'nadpis.db'), { readOnly: true });
  try {
    return database.prepare(sql).all(...args);
  } finally {
    database.close();
  }
};

/** The newest sign-in code that was mailed to the address, as its owner reads it. */
export const codeFor = async (server: ServerProcess, email: string, after = 0): Promise<string> => {
  for (const until = Date.now() + patience; Date.now() < until; await wait(100)) {
    const [mail] = query(server, 'SELECT raw, at FROM caught_mails WHERE mail_to = ? AND at >= ? ORDER BY rowid DESC LIMIT 1', email, String(after));
    if (mail === undefined) continue;
    const { text = '' } = await PostalMime.parse(mail.raw as string);
    const code = /\b\d{6}\b/.exec(text)?.[0];
    if (code !== undefined) return code;
  }
  throw new Error(`No sign-in code came to ${email}`);
};
