import type { AuditEntry } from '../../shared/api/audit.ts';
import { type TextKey, t } from './texts.ts';

/** What was done, in words. An act that is not here is of a newer server: it is told by what it was done to. */
export const auditActs = [
  'api-key.made',
  'api-key.revoked',
  'batch.accepted',
  'batch.cancelled',
  'blocked-names.imported',
  'blocked-names.removed',
  'company.added',
  'company.changed',
  'company.deleted',
  'company.sending-changed',
  'marketing-consents.added',
  'marketing-consents.removed',
  'hrm.consent-recorded',
  'hrm.consent-withdrawn',
  'hrm.employee-deleted',
  'hrm.employees-put',
  'hrm.event-changed',
  'hrm.notified',
  'hrm.settings-changed',
  'hrm.webhook-removed',
  'hrm.webhook-set',
  'hrm.webhook-switched-off',
  'mail-account.changed',
  'mail-account.removed',
  'message.cancelled',
  'number.erased',
  'operator-account.added',
  'operator-account.changed',
  'operator-account.deleted',
  'operator-account.paused',
  'operator-account.resumed',
  'operator-routes.changed',
  'opt-outs.added',
  'opt-outs.removed',
  'organisation.changed',
  'package.bought',
  'person.added',
  'person.changed',
  'person.removed',
  'sender-name.added',
  'sender-name.authorised',
  'sender-name.deactivated',
  'sender-name.draft',
  'sender-name.edited',
  'sender-name.mail-failed',
  'sender-name.mail-unknown',
  'sender-name.mailed-again',
  'sender-name.rejected',
  'sender-name.statement-accepted',
  'sender-name.submitted',
  'sender-name.withdrawn',
  'session.ended',
  'session.opened',
  'single-sign-on.changed',
  'single-sign-on.removed',
  'site.added',
  'site.changed',
  'site.deleted',
  'site.list-changed',
  'slot.cleared',
  'slot.selected',
  'statement.scan-attached',
  'template.added',
  'template.changed',
  'template.deleted',
] as const;

const texts = new Map<string, TextKey>(
  auditActs.map((act) => [act, `audit.act.${act.replace(/[.-]/g, '_')}` as TextKey]),
);

export function textOfAct(act: string): string {
  const key = texts.get(act);
  return key === undefined ? t('audit.act.other') : t(key);
}

export function textOfAuthor({ kind, name, id }: AuditEntry['by']): string {
  switch (kind) {
    case 'person':
      return name === '' ? t('audit.by.someone_gone') : name;
    case 'api-key':
      return t('audit.by.api_key', name === '' ? id : name);
    case 'operator':
      return t('audit.by.operator', name);
    case 'system':
      return t('audit.by.system');
  }
}
