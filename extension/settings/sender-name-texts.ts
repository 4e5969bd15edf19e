import type { MailFailure } from '../../shared/api/mail-accounts.ts';
import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import type { BlockedKind, Notice, Refusal, Warning } from '../../shared/sender-name/index.ts';
import { warsawMoment } from '../../shared/sender-name/index.ts';
import { language, type PluralKey, plural, t } from '../locales/texts.ts';

/** A moment to be on time for, to the minute and never too early, with its zone: an October hour comes twice. */
export function textOfMoment(at: number): string {
  return warsawMoment(at, language() === 'pl' ? 'pl' : 'en');
}

const blockedBy = {
  operator: 'names.refusal.operator',
  authority: 'names.refusal.authority',
  generic: 'names.refusal.generic',
  keyword: 'names.refusal.keyword',
  imported: 'names.refusal.imported',
} as const satisfies Record<BlockedKind, string>;

/** Why a name is refused, each refusal in its own words. The characters themselves are shown beside it. */
export function textOfRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'empty':
      return t('names.refusal.empty');
    case 'too-long':
      return plural('names.refusal.too_long', refusal.length, refusal.limit);
    case 'character':
      return t('names.refusal.character');
    case 'blocked':
      return t(blockedBy[refusal.kind], refusal.name);
  }
}

/** What operators usually refuse, or a sender should know. */
export function textOfWarning(warning: Warning): string {
  switch (warning.code) {
    case 'digits-only':
      return t('names.warning.digits_only');
    case 'four-digits-in-a-row':
      return t('names.warning.four_digits');
    case 'too-short':
      return t('names.warning.too_short');
    case 'first-name':
      return t('names.warning.first_name');
    case 'contains-space':
      return t('names.warning.space', warning.shown);
    case 'looks-like-blocked':
      return t('names.warning.looks_like', warning.name);
  }
}

export function textOfNotice({ code }: Notice, name: string): string {
  return code === 'trimmed' ? t('names.notice.trimmed', name) : t('names.notice.collapsed', name);
}

const mailFailures = {
  unreachable: 'mail_failure.unreachable',
  'time-out': 'mail_failure.time_out',
  tls: 'mail_failure.tls',
  'login-refused': 'mail_failure.login_refused',
  'sender-refused': 'mail_failure.sender_refused',
  'recipient-refused': 'mail_failure.recipient_refused',
  'message-refused': 'mail_failure.message_refused',
  dropped: 'mail_failure.dropped',
  protocol: 'mail_failure.protocol',
  interrupted: 'mail_failure.interrupted',
} as const satisfies Record<MailFailure, string>;

/** Why a mail server did not take a mail, and what to look at. */
export function textOfMailFailure(failure: MailFailure): string {
  return t(mailFailures[failure]);
}

/** The failure that a problem's facts name, where they name one. */
export function mailFailureOf(facts: Record<string, unknown>): MailFailure | null {
  const { failure } = facts;
  return typeof failure === 'string' && Object.hasOwn(mailFailures, failure)
    ? (failure as MailFailure)
    : null;
}

export type TimelineEntry = SenderNameDetail['timeline'][number];

const causes = {
  user: 'names.cause.user',
  operator: 'names.cause.operator',
  administrator: 'names.cause.administrator',
} as const satisfies Record<TimelineEntry['cause'], string>;

export function textOfCause({ cause, by }: TimelineEntry): string {
  return t(causes[cause], by);
}

type AtOperator = NonNullable<SenderNameDetail['operator']>;

const operatorStates = {
  pending: 'names.operator.pending',
  authorised: 'names.operator.authorised',
  rejected: 'names.operator.rejected',
  deactivated: 'names.operator.deactivated',
  unknown: 'names.operator.unknown',
  'not-listed': 'names.operator.not_listed',
} as const satisfies Record<AtOperator['state'], string>;

const receipts = {
  required: 'names.operator.statement_required',
  received: 'names.operator.statement_received',
  'not-required': 'names.operator.statement_not_required',
  unknown: null,
} as const satisfies Record<AtOperator['statement'], string | null>;

/** What the operator says of the name and of the statement. */
export function textOfOperator({ state, statement }: AtOperator): string {
  const receipt = receipts[statement];
  return [t(operatorStates[state]), ...(receipt === null ? [] : [t(receipt)])].join(', ');
}

/** `3 firmy`, as a part of a sentence. */
export function textOfCompanies(key: PluralKey, count: number, names: string[] = []): string {
  const shown = names.slice(0, 5).join(', ');
  const more = count > 5 ? ', …' : '';
  return shown === '' ? plural(key, count) : `${plural(key, count)} ${shown}${more}`;
}
