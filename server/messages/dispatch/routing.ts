import type { Row, Statement } from '../../database/database.ts';
import type { Operator } from '../../operators/operator.ts';

/** What decides where a message may go. */
export interface Routed {
  organisationId: string;
  /** '' where `Routing.byCompany` is false and nobody has looked. */
  companyId: string;
  /** E.164. */
  number: string;
  parts: number;
}

/** Which operators there are at a moment, and which of them take what. An operator's `name` is its account's id. */
export interface Routing {
  operators: readonly Operator[];
  /** Does the company matter to any route? Looking it up costs a read. */
  byCompany: boolean;
  /**
   * In the order in which they are tried; the next only when one has proven that it did not take the message. Those
   * that are stopped by an administrator are among them: see `isStopped`. Empty: there is nobody to send with.
   */
  of(message: Routed): readonly Operator[];
  isStopped(operator: string): boolean;
  /** The organisation whose account it is; null: it serves all that have none. */
  ownerOf(operator: string): string | null;
  /** Parts of the longest text that any of the organisation's operators takes; null: it has none. */
  maximumParts(organisationId: string): number | null;
}

/** Where the routing comes from. It changes while the server runs. */
export interface Router {
  /** What tells whether it has changed, to be read together with something else; null: it never does. */
  readonly changes: Statement | null;
  /** As it is now. @param seen what `changes` has just given: without a change it then costs nothing */
  current(seen?: Row): Promise<Routing>;
  /** As it was last seen: at no cost. */
  latest(): Routing;
  /** Where operators' reports go that come over their own connections. Called once, before the first send. */
  listen(store: (operator: string, raw: string) => Promise<void>): void;
}

/** The same operators for everyone, in this order, for good. */
export function fixedRouter(operators: readonly Operator[]): Router {
  const most = operators.map((it) => it.capabilities.maximumParts);
  const routing: Routing = {
    operators,
    byCompany: false,
    of: () => operators,
    isStopped: () => false,
    ownerOf: () => null,
    maximumParts: () => (most.length === 0 ? null : Math.max(...most)),
  };
  return {
    changes: null,
    current: async () => routing,
    latest: () => routing,
    listen: (store) => {
      for (const operator of operators) operator.listen?.((raw) => store(operator.name, raw));
    },
  };
}
