import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { SendingCompany, Session } from '../../shared/api/session.ts';
import type { Failure } from '../bridge/failure.ts';
import { knownSession, type SessionState } from '../bridge/session.store.ts';
import type { Cost } from './cost.ts';

/** Why nothing can be sent now. Each has its own message, and where one can do something about it, its own link. */
export type Block =
  | { kind: 'signed-out' }
  | { kind: 'unreachable'; failure: Failure }
  | { kind: 'no-company' }
  | { kind: 'mail-account-missing' }
  | { kind: 'sender-name-missing' }
  | {
      kind: 'sender-name-not-authorised';
      name: string;
      state: Exclude<SenderNameState, 'authorised'>;
      since: number;
      source: 'program' | 'individual';
    }
  | { kind: 'package-empty' }
  | { kind: 'insufficient-parts'; needed: number; balance: number; shortfall: number }
  | { kind: 'text-too-long'; parts: number; limit: number }
  /** R30: the company does not permit texts to employees. */
  | { kind: 'hrm-not-permitted' }
  /** What only the server can tell, e.g. the month's quota. */
  | { kind: 'refused'; failure: Failure };

/** The company to send for: the one chosen, else the only one. */
export function companyOf(session: Session | null, companyId: string | null): SendingCompany | null {
  const companies = session?.companies ?? [];
  return (
    companies.find(({ id }) => id === companyId) ?? (companies.length === 1 ? (companies[0] ?? null) : null)
  );
}

/**
 * The gates that can be told before asking the server, in its order. The name and the package are two independent ones
 * (R2): both are said, so that nobody buys a package only to learn of the name.
 *
 * @param known the server's newest word on the balance, and whether the recipients are employees
 */
export function blocksOf(
  state: SessionState,
  company: SendingCompany | null,
  cost: Cost,
  now: number,
  known: { balance?: number | undefined; isHrm?: boolean } = {},
): Block[] {
  if (state.kind === 'loading') return [];
  if (state.kind === 'signed-out') return [{ kind: 'signed-out' }];
  const session = knownSession(state);
  const blocks: Block[] = [];
  if (state.kind === 'unknown') blocks.push({ kind: 'unreachable', failure: state.failure });
  if (session === null) return blocks;
  if (session.companies.length === 0) blocks.push({ kind: 'no-company' });
  else if (company !== null) blocks.push(...nameBlocks(session, company, now));
  blocks.push(...packageBlocks({ ...session, balance: known.balance ?? session.balance }, cost));
  if (known.isHrm === true && company?.hrmPermission === false) blocks.push({ kind: 'hrm-not-permitted' });
  return blocks;
}

function nameBlocks({ organisation }: Session, { effectiveName }: SendingCompany, now: number): Block[] {
  if (effectiveName === null) {
    // R3: only the configuration waits for the mail account; a name authorised before still sends.
    const waits = organisation.hasCrm && !organisation.hasMailAccount;
    return [{ kind: waits ? 'mail-account-missing' : 'sender-name-missing' }];
  }
  const { name, state, since, source } = effectiveName;
  if (state === 'authorised') return [];
  return [{ kind: 'sender-name-not-authorised', name, state, since: Math.min(since, now), source }];
}

function packageBlocks({ balance, operator }: Session, cost: Cost): Block[] {
  const blocks: Block[] = [];
  if (balance <= 0) blocks.push({ kind: 'package-empty' });
  else if (cost.parts > balance) {
    blocks.push({ kind: 'insufficient-parts', needed: cost.parts, balance, shortfall: cost.parts - balance });
  }
  if (cost.most > operator.maximumParts) {
    blocks.push({ kind: 'text-too-long', parts: cost.most, limit: operator.maximumParts });
  }
  return blocks;
}
