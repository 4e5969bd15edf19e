import type {
  Behaviour,
  MailServer,
  MailServerOptions,
} from '../../../server/mail-accounts/smtp-fixture.node.ts';
import { start } from './calls.ts';

/** Stands in workerd for `server/mail-accounts/smtp-fixture.node.ts`; what it has taken is known here before the answer. */
export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  let behaviour: Behaviour = {};
  type Seen = Pick<MailServer, 'taken' | 'read'>;
  const { facts, end } = await start<{ port: number }, Seen>('mail', options, async (seen) => {
    const isNew = seen.taken.length > made.taken.length;
    Object.assign(made, seen);
    const { whenTaken, ...told } = behaviour;
    if (isNew) await whenTaken?.();
    return told;
  });
  const made: MailServer = {
    port: facts.port,
    taken: [],
    read: 0,
    behave: (next) => {
      behaviour = next;
    },
    end,
  };
  return made;
}

/** Whom workerd trusts is settled when it starts: what needs this is tested in `test/contract/mail.test.ts`. */
export const certificate = (): { key: string; cert: string } => ({ key: '', cert: '' });
