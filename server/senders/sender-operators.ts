import type { Router, Routing } from '../messages/dispatch/routing.ts';
import type { Operator } from '../operators/operator.ts';

/** An operator with a sender API, for one organisation. */
export interface SenderOperator extends Required<Pick<Operator, 'senders' | 'addSender'>> {
  /** One account: what rounds are counted by. */
  name: string;
  /** What people know it as, e.g. `serwersms`. */
  label: string;
}

/** At which operator an organisation's names are. */
export interface SenderOperators {
  /** Null: at none that can be asked; an administrator records its answers. */
  of(organisationId: string): Promise<SenderOperator | null>;
}

/** The same for everyone; one without a sender API is asked nothing. */
export function oneOperator(
  operator: Pick<Operator, 'name' | 'senders' | 'addSender'> | null,
): SenderOperators {
  const asked = operator === null ? null : withSenders(operator, operator.name);
  return { of: async () => asked };
}

/**
 * An organisation's first account with a sender API; for one without any account, the operator that serves all that have
 * none.
 *
 * @param kindOf the operator's name of an account, where it is one
 */
export function operatorsOf(
  router: Router,
  kindOf: (account: string) => string | undefined,
): SenderOperators {
  return {
    of: async (organisationId) => {
      const routing = await router.current();
      for (const operator of candidates(routing, organisationId)) {
        const asked = withSenders(operator, kindOf(operator.name) ?? operator.name);
        if (asked !== null) return asked;
      }
      return null;
    },
  };
}

function candidates(routing: Routing, organisationId: string): Operator[] {
  const own = routing.operators.filter((operator) => routing.ownerOf(operator.name) === organisationId);
  // Accounts that do not run are accounts all the same: its names are not the built-in operator's.
  const hasAccounts = own.length > 0 || routing.maximumParts(organisationId) === null;
  return hasAccounts ? own : routing.operators.filter((operator) => routing.ownerOf(operator.name) === null);
}

function withSenders(
  { name, senders, addSender }: Pick<Operator, 'name' | 'senders' | 'addSender'>,
  label: string,
): SenderOperator | null {
  return senders === undefined || addSender === undefined ? null : { name, label, senders, addSender };
}
