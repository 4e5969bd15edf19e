import type { BatchDraft } from '../../shared/api/batches.ts';
import type { HrmConsentPurpose } from '../../shared/hrm/events.ts';
import { withInitials } from '../../shared/hrm/initials.ts';
import { numberKindOf } from '../../shared/hrm/number-kind.ts';
import type { Database } from '../database/database.ts';
import { type EmployeeFacts, readEmployeeFacts } from '../hrm/consenting.ts';
import type { Reached } from '../hrm/rules.ts';
import { type CheckedRecipients, checkRecipients } from './recipients.ts';

/** That the recipients are people whom an HRM application tells of an event, and no rows of a page. */
export interface Notification {
  purpose: HrmConsentPurpose;
  /** In the order of the draft's recipients. */
  people: readonly Reached[];
}

export interface ToEmployees {
  draft: BatchDraft;
  recipients: CheckedRecipients;
  notification?: Notification;
}

/** What the gate holds a send to employees to. */
export interface EmployeeSend {
  recipients: CheckedRecipients;
  /** Places of those whose consent is missing. */
  lacking: ReadonlySet<number>;
}

/**
 * A send to employees as it is to go out: with initials for full names, and with those named who may not be texted. What
 * an HRM application tells is written already; two people with one number are told both.
 */
export async function employeeSend(
  database: Database,
  { draft, recipients, notification }: ToEmployees,
): Promise<EmployeeSend> {
  const { outgoing } = recipients;
  const facts = await readEmployeeFacts(
    database,
    draft.companyId,
    outgoing.map((message) => message.number),
    notification?.people.flatMap(({ employee }) => employee ?? []) ?? [],
  );
  const reached = (index: number): Reached =>
    notification?.people[index] ?? {
      employee: null,
      told: numberKindOf(draft.recipients[index]?.column ?? ''),
    };
  const addressed = outgoing.map(({ index, number }) => ({ ...reached(index), index, number }));
  return {
    recipients: notification === undefined ? shortened(draft, recipients, facts) : recipients,
    lacking: facts.lacking(addressed, notification?.purpose ?? 'service'),
  };
}

function shortened(
  draft: BatchDraft,
  recipients: CheckedRecipients,
  facts: EmployeeFacts,
): CheckedRecipients {
  if (facts.fullNames || draft.recipients.every((one) => Object.keys(one.fields).length === 0)) {
    return recipients;
  }
  return checkRecipients({
    ...draft,
    recipients: draft.recipients.map((one) => ({ ...one, fields: withInitials(one.fields, one.name) })),
  });
}
