import type { OperatorRoute } from '../../shared/api/operator-accounts.ts';

/** Ids of accounts that take a message, in the order of the routes, each once. */
export function accountsFor(
  routes: readonly OperatorRoute[],
  message: { number: string; companyId: string },
): string[] {
  const ids = new Set<string>();
  for (const { accountId, prefixes, companyIds } of routes) {
    if (prefixes.length > 0 && !prefixes.some((prefix) => message.number.startsWith(prefix))) continue;
    if (companyIds.length > 0 && !companyIds.includes(message.companyId)) continue;
    ids.add(accountId);
  }
  return [...ids];
}
