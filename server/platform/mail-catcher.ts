import type { Database } from '../database/database.ts';
import { composeMail, oneLine } from './mime.ts';
import type { Clock, Mail, Mailer } from './platform.ts';

/** Keeps every mail in the database, as it would have gone over the wire, and sends none. */
export function createMailCatcher(database: Database, clock: Clock, from: string): Mailer {
  return {
    async send(mail: Mail) {
      const raw = await composeMail(mail, from);
      await database.batch([
        {
          sql: `INSERT INTO caught_mails (mail_from, mail_to, mail_cc, subject, raw, idempotency_key, at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING`,
          args: [
            oneLine(mail.from ?? from),
            oneLine(mail.to),
            oneLine(mail.cc ?? ''),
            oneLine(mail.subject),
            raw,
            mail.idempotencyKey ?? null,
            clock.now(),
          ],
        },
      ]);
    },
  };
}
