import type { BatchDraft } from '../../shared/api/batches.ts';
import type { HrmCompanyEvent, HrmNumberKind } from '../../shared/api/hrm.ts';
import { digestOf } from '../../shared/hrm/digest.ts';
import type { HrmConsentPurpose, HrmEventId, HrmLanguage } from '../../shared/hrm/events.ts';
import { valuesFor, writeText } from '../../shared/hrm/text.ts';
import type { Notification } from '../messages/employees.ts';

/** A notification that is to become a text, or a part of one. */
export interface Written {
  event: HrmEventId;
  language: HrmLanguage;
  person: string;
  name: string;
  number: string;
  kind: HrmNumberKind | null;
  fields: Record<string, string>;
  /** What the message is known by afterwards. */
  reference: string;
}

export interface NotificationDraft {
  draft: BatchDraft;
  notification: Notification;
}

const empty = { purpose: 'service', foldPolishLetters: false, pageUrl: null, templateId: null } as const;

/** One event for many people, each by itself, under the event's template. */
export function draftOf(
  companyId: string,
  event: HrmCompanyEvent,
  language: HrmLanguage,
  written: readonly Written[],
): NotificationDraft {
  return {
    draft: {
      ...empty,
      companyId,
      text: event.templates[language],
      scheduledAt: null,
      recipients: written.map((one) => ({
        number: one.number,
        name: one.name,
        reference: one.reference,
        fields: valuesFor(event.event, one.fields),
      })),
    },
    notification: noticeOf(event.purpose, written),
  };
}

/** Several events for each person, gathered into one text. The template of a digest is its one field. */
export function digestDraftOf(
  companyId: string,
  eventOf: (id: HrmEventId) => HrmCompanyEvent,
  purpose: HrmConsentPurpose,
  people: readonly (readonly [Written, ...Written[]])[],
  mostParts: number,
): NotificationDraft {
  return {
    draft: {
      ...empty,
      companyId,
      text: '{Powiadomienia}',
      scheduledAt: null,
      recipients: people.map((written) => {
        const [{ language, number, name, reference }] = written;
        const texts = written.map(
          (one) => writeText(one.event, eventOf(one.event).templates[language], one.fields).text,
        );
        return { number, name, reference, fields: { Powiadomienia: digestOf(texts, language, mostParts) } };
      }),
    },
    notification: noticeOf(
      purpose,
      people.map(([first]) => first),
    ),
  };
}

/** A person who has no reference is known by the number, and so is that person's consent. */
const noticeOf = (purpose: HrmConsentPurpose, written: readonly Written[]): Notification => ({
  purpose,
  people: written.map(({ person, number, kind }) => ({
    employee: person === number ? null : person,
    told: kind,
  })),
});
