import type { SmtpOptions } from '../mail-accounts/smtp.ts';
import type { Platform } from '../platform/platform.ts';
import { type NameRecord, readName, type StatementRecord } from './name-store.ts';
import { registerName } from './operator-rounds.ts';
import type { SenderOperators } from './sender-operators.ts';

/** What the routes of sender names get of the machine beside the platform. */
export interface SenderNameOptions {
  /** Whose sender API is asked; absent: nobody's, an administrator records the answers. */
  operators?: SenderOperators;
  smtp?: SmtpOptions;
  /** Makes a PDF of a statement, where the machine can; else its page is answered. */
  statementPdf?: (statement: StatementRecord) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Milliseconds that an answer waits for the operator; what takes longer goes on after it. */
const patience = 5000;

/** In the same step as the mail the name is registered at the operator; what fails there, a later round repeats. */
export async function registerAfterwards(
  platform: Platform,
  organisationId: string,
  id: string,
  operators: SenderOperators | undefined,
): Promise<void> {
  const operator = (await operators?.of(organisationId)) ?? null;
  if (operator === null) return;
  const name: NameRecord = await readName(platform.database, organisationId, id);
  if (name.state !== 'submitted') return;
  const work = registerName(platform, operator, name);
  platform.later(work);
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    work.catch(() => {}),
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    }),
  ]);
  clearTimeout(timer);
}
