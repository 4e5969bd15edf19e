import type { OperatorRoute } from '../../shared/api/operator-accounts.ts';
import type { Row } from '../database/database.ts';
import { fixedRouter, type Router, type Routing } from '../messages/dispatch/routing.ts';
import type { OperatorKind } from '../operators/catalogue.ts';
import type { Operator } from '../operators/operator.ts';
import type { Transport } from '../operators/transport.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { callbackUrl } from './callback.ts';
import { accountsFor } from './rules.ts';
import { openSettings } from './settings.ts';
import { type AccountRecord, changesStatement, readAccounts, readRoutes } from './store.ts';

/** An operator that is replaced may have calls under way: its connections end so much later. */
const linger = 60_000;

export interface AccountsParts {
  platform: Pick<Platform, 'name' | 'database' | 'clock' | 'log' | 'settings'>;
  /** The catalogue of this machine. */
  kinds: readonly OperatorKind[];
  transport: Transport;
  /** For organisations without an account; null outside the sandbox: nobody sends for them. */
  builtIn: Operator | null;
}

export interface OperatorAccounts extends Router {
  kinds: readonly OperatorKind[];
  /** Why an account does not run here; '' when it does. */
  troubleOf(accountId: string): string;
  /** The running operator of an account. */
  operatorOf(accountId: string): Operator | undefined;
  /** Its name in the catalogue. */
  kindOf(accountId: string): string | undefined;
  close(): Promise<void>;
}

interface Running {
  kind: string;
  /** Tells settings from other ones. */
  made: string;
  operator: Operator;
}

/**
 * The operators of all organisations, made of their stored accounts and made anew where these change, in every process
 * by itself. Wherever `current` is called it costs one read of a number while nothing has changed.
 */
export async function createOperatorAccounts(parts: AccountsParts): Promise<OperatorAccounts> {
  const { database, log } = parts.platform;
  const running = new Map<string, Running>();
  const troubles = new Map<string, string>();
  let store: ((operator: string, raw: string) => Promise<void>) | null = null;
  let version = -1;
  let routing: Routing = fixedRouter([]).latest();
  let reading: Promise<Routing> | null = null;

  async function read(seen?: Row): Promise<Routing> {
    const row = seen ?? (await database.query(changesStatement))[0];
    const now = Number(row?.version);
    if (now === version) return routing;
    const [accounts, routes] = [await readAccounts(database), await readRoutes(database)];
    await startAndStop(accounts);
    routing = routingOf(
      accounts.filter((account) => running.has(account.id)),
      new Map(routes.map((it) => [it.organisationId, it.routes])),
      accounts,
    );
    version = now;
    return routing;
  }

  async function startAndStop(accounts: readonly AccountRecord[]): Promise<void> {
    for (const [id, { operator }] of running) {
      if (accounts.some((account) => account.id === id)) continue;
      running.delete(id);
      endLater(operator);
    }
    troubles.clear();
    for (const account of accounts) {
      const made = JSON.stringify([account.kind, account.plain, account.sealed]);
      const before = running.get(account.id);
      if (before?.made === made) continue;
      try {
        running.set(account.id, { kind: account.kind, made, operator: await start(account) });
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        running.delete(account.id);
        troubles.set(account.id, words);
        log.error('an operator account cannot run', { account: account.id, error: words });
      }
      if (before !== undefined) endLater(before.operator);
    }
  }

  async function start(account: AccountRecord): Promise<Operator> {
    const { platform, kinds, transport } = parts;
    const kind = kinds.find((it) => it.name === account.kind);
    if (kind === undefined) throw new Error(`this server does not run ${account.kind}`);
    const { settings } = await openSettings(account.id, account, openingSecrets(platform.settings));
    const adapter = kind.create(settings, {
      transport,
      now: platform.clock.now,
      reportsUrl: await callbackUrl(platform, account.id),
      onTrouble: (what, detail) => log.warn('operator trouble', { account: account.id, what, detail }),
    });
    const operator: Operator = { ...adapter, name: account.id };
    listenTo(operator);
    return operator;
  }

  function listenTo(operator: Operator): void {
    if (store !== null) {
      const keep = store;
      operator.listen?.((raw) => keep(operator.name, raw));
    }
  }

  function endLater({ close }: Operator): void {
    if (close === undefined) return;
    const timer = setTimeout(() => void close().catch(() => {}), linger) as unknown as { unref?(): void };
    timer.unref?.();
  }

  function routingOf(
    accounts: readonly AccountRecord[],
    routes: ReadonlyMap<string, readonly OperatorRoute[]>,
    all: readonly AccountRecord[],
  ): Routing {
    const { builtIn } = parts;
    const operators = accounts.flatMap(({ id }) => running.get(id)?.operator ?? []);
    const byName = new Map(operators.map((operator) => [operator.name, operator]));
    const owners = new Map(accounts.map((account) => [account.id, account.organisationId]));
    const stopped = new Set(accounts.filter((it) => it.pausedAt !== null).map((it) => it.id));
    // One that cannot run here is an account all the same: its organisation's texts do not go to the built-in operator.
    const having = new Set(all.map((account) => account.organisationId));
    const most = new Map<string, number>();
    for (const { id, organisationId } of accounts) {
      const parts = byName.get(id)?.capabilities.maximumParts ?? 0;
      most.set(organisationId, Math.max(most.get(organisationId) ?? 0, parts));
    }
    return {
      operators: builtIn === null ? operators : [...operators, builtIn],
      byCompany: [...routes.values()].some((list) => list.some((route) => route.companyIds.length > 0)),
      of: (message) => {
        if (!having.has(message.organisationId)) return builtIn === null ? [] : [builtIn];
        return accountsFor(routes.get(message.organisationId) ?? [], message).flatMap((id) => {
          const operator = byName.get(id);
          const fits =
            operator !== undefined &&
            owners.get(id) === message.organisationId &&
            operator.capabilities.maximumParts >= message.parts;
          return fits ? [operator] : [];
        });
      },
      isStopped: (operator) => stopped.has(operator),
      ownerOf: (operator) => owners.get(operator) ?? null,
      maximumParts: (organisationId) =>
        most.get(organisationId) ??
        (having.has(organisationId) ? null : (builtIn?.capabilities.maximumParts ?? null)),
    };
  }

  const current = (seen?: Row): Promise<Routing> => {
    if (seen !== undefined && Number(seen.version) === version) return Promise.resolve(routing);
    if (!sharesRequests(parts.platform)) return read(seen);
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
  await current();
  return {
    kinds: parts.kinds,
    changes: changesStatement,
    current,
    latest: () => routing,
    listen: (keep) => {
      store = keep;
      for (const { operator } of running.values()) listenTo(operator);
    },
    troubleOf: (accountId) => troubles.get(accountId) ?? '',
    operatorOf: (accountId) => running.get(accountId)?.operator,
    kindOf: (accountId) => running.get(accountId)?.kind,
    close: async () => {
      await Promise.all([...running.values()].map(({ operator }) => operator.close?.()));
    },
  };
}
