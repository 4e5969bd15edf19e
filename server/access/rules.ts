import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from './actor.ts';

/** Where a send comes from; the server decides it from the organisation's own sites, never the client. */
export type Origin = 'crm' | 'hrm';

/** `administrator` may use all companies; `sender` and `hr` those listed for them; a key those it was made for. */
export const mayUseCompany = (actor: Actor, companyId: string): boolean =>
  actor.companies === null || actor.companies.has(companyId);

/** Whether the role or the key's scope sends texts of this origin at all. */
export function maySend(actor: Actor, origin: Origin): boolean {
  if (actor.kind === 'api-key') return actor.scopes.includes(origin === 'hrm' ? 'hrm:notify' : 'send');
  return actor.roles.some(
    (role) => role === 'administrator' || role === (origin === 'hrm' ? 'hr' : 'sender'),
  );
}

/** Whole numbers are shown to those who may send; others see them masked. */
export const maySeeNumbers = (actor: Actor): boolean => maySend(actor, 'crm') || maySend(actor, 'hrm');

/** First steps of the send gate. @throws {ProblemException} `forbidden` or `company-not-permitted` */
export function requireSender(actor: Actor, companyId: string, origin: Origin): void {
  if (!maySend(actor, origin)) throw new ProblemException('forbidden');
  if (!mayUseCompany(actor, companyId)) throw new ProblemException('company-not-permitted');
}
