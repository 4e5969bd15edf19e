import type { BatchDraft, Skipped } from '../../shared/api/batches.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { requireSender } from '../access/rules.ts';
import type { Day } from './quiet-hours.ts';
import type { CheckedRecipients, Outgoing } from './recipients.ts';

/** What the database says about the company and its name, read together. */
export interface CompanyFacts {
  id: string;
  hrmPermission: boolean;
  /** When its texts may go out: those to employees, or with `quietForAll` all of them. */
  day: Day;
  quietForAll: boolean;
  /** Parts of this calendar month; null: as many as the package has. */
  quota: { month: string; limit: number; used: number } | null;
  /** Company slot ?? program slot (R9); null: neither is set. */
  name: { id: string; name: string; state: string; since: number } | null;
  /** Parts in the organisation's package. */
  balance: number;
}

export interface Gate {
  actor: Actor;
  draft: BatchDraft;
  recipients: CheckedRecipients;
  /** Null: no such company in the sender's organisation. */
  company: CompanyFacts | null;
  /** Null: the sending does not come from HRM. `lacking`: places of employees whose consent is missing. */
  hrm: { permitted: boolean; lacking: ReadonlySet<number> } | null;
  optedOut: ReadonlySet<string>;
  /** Numbers with a recorded consent to marketing. */
  consents: ReadonlySet<string>;
  /** Parts that the organisation's operators take in one message; null: it has no operator. */
  maximumParts: number | null;
}

export interface Passed {
  company: CompanyFacts;
  senderNameId: string;
  senderName: string;
  origin: 'crm' | 'hrm';
  outgoing: Outgoing[];
  skipped: Skipped[];
  parts: number;
}

const nobody: ReadonlySet<number> = new Set();

/** So many recipients are named one by one in a refusal; `facts` holds how many there are. */
const named = 100;

/**
 * The send gate (domain §2), in its order: may send for this company → name resolved → name authorised → somebody to
 * send with → package covers the parts of valid recipients → HRM permission → each number valid → not opted out → marketing: consent.
 *
 * `preview` reports what a send would refuse for its recipients or its cost, so that the composer can show all of it.
 * @throws {ProblemException} the first failure
 */
export function passGate(gate: Gate, mode: 'send' | 'preview'): Passed {
  const { actor, company, recipients } = gate;
  if (company === null) throw new ProblemException('not-found', { detail: 'There is no such company' });
  requireSender(actor, company.id, gate.hrm === null ? 'crm' : 'hrm');
  const { name } = company;
  if (name === null) throw new ProblemException('sender-name-missing');
  if (name.state !== 'authorised') {
    throw new ProblemException('sender-name-not-authorised', {
      detail: `${name.name} is ${name.state}`,
      facts: { name: name.name, state: name.state, since: new Date(name.since).toISOString() },
    });
  }

  const { maximumParts } = gate;
  if (maximumParts === null) throw new ProblemException('operator-missing');

  const { outgoing, skipped } = leaveOut(gate);
  let parts = 0;
  for (const message of outgoing) parts += message.parts;
  if (mode === 'send' && parts > company.balance) throw insufficient(parts, company.balance);
  refuseOverQuota(company.quota, parts);
  if (gate.hrm !== null && !gate.hrm.permitted) throw new ProblemException('hrm-not-permitted');

  if (recipients.longest > maximumParts) {
    throw new ProblemException('text-too-long', {
      detail: `A text takes ${recipients.longest} parts; the operator takes ${maximumParts}`,
      facts: { parts: recipients.longest, limit: maximumParts },
    });
  }
  if (mode === 'send') refuseMissingFields(skipped);
  if (mode === 'send' && outgoing.length === 0) {
    throw new ProblemException('no-recipients', {
      facts: { skipped: skipped.length },
      errors: skipped.slice(0, named).map((skip) => ({
        path: `/recipients/${skip.index}`,
        code: skip.reason,
        detail: skip.detail,
      })),
    });
  }
  return {
    company,
    senderNameId: name.id,
    senderName: name.name,
    origin: gate.hrm === null ? 'crm' : 'hrm',
    outgoing,
    skipped,
    parts,
  };
}

export function insufficient(needed: number, balance: number): ProblemException {
  const shortfall = needed - balance;
  return new ProblemException('insufficient-parts', {
    detail: `${needed} parts are needed, the package has ${balance}: ${shortfall} are missing`,
    facts: { needed, balance, shortfall },
  });
}

/** @throws {ProblemException} `quota-exceeded` */
export function refuseOverQuota(quota: CompanyFacts['quota'], needed: number): void {
  if (quota === null || needed <= quota.limit - quota.used) return;
  const left = Math.max(0, quota.limit - quota.used);
  throw new ProblemException('quota-exceeded', {
    detail: `${needed} parts are needed, the company has ${left} left of ${quota.limit} in ${quota.month}`,
    facts: { needed, left, quota: quota.limit, month: quota.month },
  });
}

/**
 * Without those on the opt-out list and those whose consent is not recorded: customers' for marketing, employees' for
 * texts on private numbers. In the request's order.
 */
function leaveOut({ recipients, optedOut, consents, draft, hrm }: Gate): {
  outgoing: Outgoing[];
  skipped: Skipped[];
} {
  const marketing = draft.purpose === 'marketing';
  const lacking = hrm?.lacking ?? nobody;
  if (optedOut.size === 0 && !marketing && lacking.size === 0) return recipients;
  const skipped = [...recipients.skipped];
  const outgoing = recipients.outgoing.filter((message) => {
    const reason = optedOut.has(message.number)
      ? 'opted-out'
      : (marketing && !consents.has(message.number)) || lacking.has(message.index)
        ? 'consent-missing'
        : null;
    if (reason === null) return true;
    skipped.push({ index: message.index, reference: message.reference, reason, detail: '' });
    return false;
  });
  return { outgoing, skipped: skipped.sort((a, b) => a.index - b.index) };
}

/** A text with a hole in it is nobody's wish: the whole batch waits until the fields are filled or have defaults. */
function refuseMissingFields(skipped: readonly Skipped[]): void {
  const holes = skipped.filter((skip) => skip.reason === 'fields-missing');
  if (holes.length === 0) return;
  throw new ProblemException('fields-missing', {
    facts: { recipients: holes.length },
    errors: holes.slice(0, named).map((hole) => ({
      path: `/recipients/${hole.index}/fields`,
      code: 'fields-missing',
      detail: hole.detail,
    })),
  });
}
