import type { Platform } from '../platform/platform.ts';
import { readBalances } from './balances.ts';
import { mailLowBalances } from './low-balance.ts';
import type { OperatorAccounts } from './running.ts';

/** What is done for operator accounts beside sending, once in a while: see `Chore`. */
export async function accountChores(platform: Platform, accounts: OperatorAccounts): Promise<void> {
  await readBalances(platform, accounts);
  await mailLowBalances(platform);
}
