import type { Session } from '../../shared/api/session.ts';
import type { Routing } from '../messages/dispatch/routing.ts';
import type { OperatorAccounts } from './running.ts';

/** What the composer is told of the operator that takes most of an organisation's texts. */
export function describeOperator(
  routing: Routing | null,
  accounts: OperatorAccounts | null,
  organisationId: string,
  sandbox: boolean,
): Session['operator'] {
  if (routing === null) return { name: 'sandbox', maximumParts: 6, sandbox };
  const first = routing.operators.find((it) => routing.ownerOf(it.name) === organisationId);
  const name = first === undefined ? '' : (accounts?.kindOf(first.name) ?? '');
  const maximumParts = routing.maximumParts(organisationId);
  if (first === undefined && maximumParts !== null) return { name: 'sandbox', maximumParts, sandbox };
  // Nobody to send with: the gate says so.
  return { name, maximumParts: maximumParts ?? 6, sandbox: false };
}
