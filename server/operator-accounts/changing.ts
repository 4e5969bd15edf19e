import type { OperatorAccountChange, OperatorAccountDraft } from '../../shared/api/operator-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { invalidField } from '../api/problem-answers.ts';
import { auditRecord } from '../audit/record.ts';
import type { OperatorKind } from '../operators/catalogue.ts';
import type { Platform } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { checkedSettings, destinationOf, openSettings, sealSettings, secretKeys } from './settings.ts';
import { type AccountRecord, accountAddition, accountUpdate, stillThatAccount } from './store.ts';

type Parts = Pick<Platform, 'database' | 'clock' | 'newId' | 'settings'>;

/** @throws {ProblemException} `invalid-request` at `/operator` or `/settings/…` */
export async function addAccount(
  platform: Parts,
  kinds: readonly OperatorKind[],
  actor: Actor,
  draft: OperatorAccountDraft,
): Promise<AccountRecord> {
  const kind = kinds.find((it) => it.name === draft.operator);
  if (kind === undefined) throw invalidField('/operator', 'unknown_operator', 'See /v1/operators');
  const settings = checkedSettings(kind, draft.settings);
  const id = platform.newId('opa');
  const now = platform.clock.now();
  const record: AccountRecord = {
    id,
    organisationId: actor.organisationId,
    kind: kind.name,
    title: draft.title,
    ...(await sealSettings(kind, id, settings, platform.settings.secret)),
    pausedAt: null,
    pauseReason: '',
    lowBalance: draft.lowBalance,
    version: 1,
    createdAt: now,
  };
  await platform.database.batch([
    ...accountAddition(record, actor.id),
    auditRecord(
      actor,
      'operator-account.added',
      id,
      { operator: kind.name, title: draft.title, settings: record.plain },
      now,
    ),
  ]);
  return record;
}

/**
 * Settings that are left out stay, secrets too; but whoever sends the secrets to another address has to know them.
 * @throws {ProblemException} `invalid-request`, or `conflict` when it was changed meanwhile
 */
export async function changeAccount(
  platform: Parts,
  kinds: readonly OperatorKind[],
  actor: Actor,
  record: AccountRecord,
  change: OperatorAccountChange,
): Promise<AccountRecord> {
  const kind = kinds.find((it) => it.name === record.kind);
  if (kind === undefined) throw new ProblemException('conflict', { detail: 'This server does not run it' });
  const after: AccountRecord = {
    ...record,
    title: change.title ?? record.title,
    lowBalance: change.lowBalance === undefined ? record.lowBalance : change.lowBalance,
    version: record.version + 1,
  };
  if (change.settings !== undefined) {
    const before = await openedOrPlain(record, openingSecrets(platform.settings));
    const settings = checkedSettings(kind, { ...before, ...change.settings });
    if (destinationOf(settings) !== destinationOf(before)) requireSecrets(kind, before, change.settings);
    Object.assign(after, await sealSettings(kind, record.id, settings, platform.settings.secret));
  }
  const now = platform.clock.now();
  const guard = stillThatAccount(record);
  const secrets = secretKeys(kind);
  const [, updated] = await platform.database.batch([
    auditRecord(
      actor,
      'operator-account.changed',
      record.id,
      {
        title: after.title,
        lowBalance: after.lowBalance,
        settings: after.plain,
        secretsChanged: Object.keys(change.settings ?? {}).filter((key) => secrets.has(key)),
      },
      now,
      guard,
    ),
    ...accountUpdate(record, after, now),
  ]);
  if (updated?.changes !== 1) throw new ProblemException('conflict');
  return after;
}

/** Under another secret of the server the sealed ones are lost: they have to be entered again, like new ones. */
async function openedOrPlain(record: AccountRecord, secrets: readonly string[]) {
  try {
    return (await openSettings(record.id, record, secrets)).settings;
  } catch {
    return record.plain;
  }
}

function requireSecrets(
  kind: OperatorKind,
  before: OperatorAccountDraft['settings'],
  given: OperatorAccountDraft['settings'],
): void {
  const missing = [...secretKeys(kind)].filter(
    (key) => before[key] !== undefined && before[key] !== null && given[key] === undefined,
  );
  if (missing.length === 0) return;
  throw new ProblemException('invalid-request', {
    errors: missing.map((key) => ({
      path: `/settings/${key}`,
      code: 'secret_required',
      detail: 'Enter it again for another address',
    })),
  });
}
