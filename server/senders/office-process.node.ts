import { createApp } from '../app.ts';
import { type Behaviour, mailServer } from '../mail-accounts/smtp-fixture.node.ts';
import { listen } from '../platform/listen.ts';
import { office } from './fixture.node.ts';

/** What the parent may ask; each is answered with its number. */
export type OfficeOrder =
  | { number: number; does: 'forward'; milliseconds: number }
  | { number: number; does: 'behave'; behaviour: Behaviour }
  | { number: number; does: 'letters' };

export interface OfficeAnswer {
  number: number;
  /** What the mail server has taken so far. */
  letters: { recipients: string[]; raw: string }[];
}

/** What stands ready, told once. */
export interface OfficeReady {
  url: string;
  token: string;
  mailPort: number;
}

/**
 * The office of the tests of sender names in a process of its own, for tests of the extension: the whole application over HTTP
 * with a clock that the test moves, and a real mail server beside it. Run with an IPC channel; ends when its parent does.
 */
const [hasCrm = 'false', companies = '3'] = process.argv.slice(2);
const made = await office({ hasCrm: hasCrm === 'true', companies: Number(companies) });
const mail = await mailServer({ login: { user: 'biuro', password: 'tajne' } });
const listening = await listen('127.0.0.1', 0);
const app = createApp(made.platform, {});
listening.serve(app.fetch);

process.on('message', (order: OfficeOrder) => {
  if (order.does === 'forward') made.clock.forward(order.milliseconds);
  if (order.does === 'behave') mail.behave(order.behaviour);
  const letters: OfficeAnswer['letters'] = mail.taken.map(({ recipients, raw }) => ({ recipients, raw }));
  process.send?.({ number: order.number, letters } satisfies OfficeAnswer);
});
process.on('disconnect', () => process.exit());
process.send?.({
  url: `http://127.0.0.1:${listening.port}`,
  token: 'token-of-anna-that-is-long-enough',
  mailPort: mail.port,
} satisfies OfficeReady);
