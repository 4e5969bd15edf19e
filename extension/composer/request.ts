import type { BatchDraftInput } from '../../shared/api/batches.ts';
import { maximumRecipients } from '../../shared/api/batches.ts';
import { fieldKey, type Template } from '../../shared/sms-text/index.ts';
import { type DraftPeople, type DraftText, pageOf } from './draft.ts';
import type { PreviewState } from './preview.store.ts';
import type { Reviewed } from './review.ts';

/**
 * The request for a draft: only those who are sent to, and of each row only the columns that the text uses. Null while
 * something is missing that everybody can see: a company, a text, a recipient.
 */
export function bodyOf(
  people: DraftPeople,
  text: DraftText,
  companyId: string | null,
  reviewed: Reviewed[],
  template: Template,
): BatchDraftInput | null {
  const sendable = reviewed.filter(({ reason }) => reason === null);
  if (companyId === null || text.text.trim() === '' || sendable.length === 0) return null;
  if (sendable.length > maximumRecipients) return null;
  const used = new Set(template.fields.map(fieldKey));
  return {
    companyId,
    text: text.text,
    foldPolishLetters: text.foldPolishLetters,
    pageUrl: pageOf(people),
    templateId: text.templateId,
    recipients: sendable.map(({ person, number, column }) => ({
      number: number ?? '',
      name: person.name.slice(0, 200),
      fields: fieldsFor(person.fields, used),
      reference: person.key,
      ...(column === '' ? {} : { column: column.slice(0, 120) }),
    })),
  };
}

function fieldsFor(fields: Record<string, string>, used: Set<string>): Record<string, string> {
  if (used.size === 0) return {};
  const entries = Object.entries(fields).filter(([name]) => used.has(fieldKey(name)));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(0, 120), value.slice(0, 1000)]));
}

/** The server's preview is the truth: whom it would skip (opted out, no consent), we show as skipped. */
export function withServersWord(
  own: Reviewed[],
  body: BatchDraftInput | null,
  preview: PreviewState,
): Reviewed[] {
  if (preview.kind !== 'known' || preview.preview.skipped.length === 0) return own;
  // An answer about another text still tells whom not to text, as long as the keys are those of this draft.
  if (body === null) return own;
  const skipped = new Map(preview.preview.skipped.map((one) => [one.reference, one]));
  return own.map((one) => {
    const theirs = skipped.get(one.person.key);
    if (theirs === undefined || one.reason !== null) return one;
    if (theirs.reason === 'fields-missing' && preview.body !== body) return one;
    return { ...one, reason: theirs.reason, detail: theirs.detail };
  });
}
