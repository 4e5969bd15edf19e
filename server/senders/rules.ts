import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { EffectiveName } from '../../shared/api/session.ts';

export interface NameRecord {
  id: string;
  name: string;
  state: SenderNameState;
  /** Milliseconds since the epoch. */
  stateSince: number;
}

/**
 * The name that a company sends under: its own slot, else the program's (R9). A company's name that is not authorised
 * blocks; it never falls back silently to the program's (R21). Null: neither slot is set.
 */
export function effectiveName(
  company: { senderNameId: string | null },
  program: { senderNameId: string | null },
  names: ReadonlyMap<string, NameRecord>,
): EffectiveName | null {
  const id = company.senderNameId ?? program.senderNameId;
  const record = id === null ? undefined : names.get(id);
  if (record === undefined) return null;
  return {
    id: record.id,
    name: record.name,
    state: record.state,
    since: record.stateSince,
    source: company.senderNameId === null ? 'program' : 'individual',
  };
}
