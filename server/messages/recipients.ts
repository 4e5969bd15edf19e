import type { BatchDraft, Skipped, SkipReason } from '../../shared/api/batches.ts';
import { type CheckReason, checkNumber } from '../../shared/phone/check.ts';
import { countParts, foldPolishLetters, mergeFields, parseTemplate } from '../../shared/sms-text/index.ts';

/** One text that would go out. */
export interface Outgoing {
  /** Place of the recipient in the request. */
  index: number;
  reference: string;
  name: string;
  /** E.164. */
  number: string;
  text: string;
  parts: number;
}

/** The recipients of a draft, checked by what they are and by nothing that the database knows. */
export interface CheckedRecipients {
  outgoing: Outgoing[];
  skipped: Skipped[];
  /** Parts of the longest text; 0 when there is none. */
  longest: number;
}

const reasons: Record<CheckReason, SkipReason> = {
  empty: 'no-number',
  'not-a-number': 'not-a-number',
  'too-short': 'too-short',
  'too-long': 'too-long',
  landline: 'landline',
  premium: 'premium',
  invalid: 'invalid',
};

/**
 * Polish mobiles as they are mostly written, in ranges that the numbering plan gives to mobile networks whole (UKE,
 * Plan Numeracji Krajowej): a sending of thousands need not ask the library for each, at a hundred times the cost.
 */
const plainMobile = /^(?:\+48 ?)?((?:5[0137]|6[069]|7[2389]|88)\d) ?(\d{3}) ?(\d{3})$/;

/** E.164, or why no SMS can go there. Numbers without a prefix are Polish. */
export function textable(number: string): { e164: string } | { reason: SkipReason } {
  const plain = plainMobile.exec(number);
  if (plain !== null) return { e164: `+48${plain[1]}${plain[2]}${plain[3]}` };
  const checked = checkNumber(number);
  if (checked.canReceiveSms) return { e164: checked.e164 };
  return { reason: reasons[checked.reason ?? 'invalid'] };
}

/**
 * Merges and counts the text for each recipient whose number can get it. Two who come to the same number are one: the
 * first stays, the others are skipped as `duplicate`. A field without value and default is `fields-missing`.
 *
 * @param sharing two recipients may share a number, and each is told
 */
export function checkRecipients(draft: BatchDraft, sharing = false): CheckedRecipients {
  const template = parseTemplate(draft.text);
  const write = (text: string): string => (draft.foldPolishLetters ? foldPolishLetters(text) : text);
  const same = template.fields.length === 0 && template.tokens.every((token) => token.kind === 'text');
  const common = same ? write(mergeFields(template, {}).text) : '';
  const commonParts = same ? countParts(common).parts : 0;

  const outgoing: Outgoing[] = [];
  const skipped: Skipped[] = [];
  const seen = new Map<string, number>();
  let longest = 0;
  for (const [index, recipient] of draft.recipients.entries()) {
    const { reference } = recipient;
    const skip = (reason: SkipReason, detail = '') => skipped.push({ index, reference, reason, detail });
    const number = textable(recipient.number);
    if ('reason' in number) {
      skip(number.reason);
      continue;
    }
    const first = seen.get(number.e164);
    if (first !== undefined && !sharing) {
      skip('duplicate', String(first));
      continue;
    }
    seen.set(number.e164, index);
    let text = common;
    let parts = commonParts;
    if (!same) {
      const merged = mergeFields(template, recipient.fields);
      if (merged.missing.length > 0) {
        skip('fields-missing', merged.missing.join(', '));
        continue;
      }
      text = write(merged.text);
      parts = countParts(text).parts;
    }
    if (parts > longest) longest = parts;
    outgoing.push({ index, reference, name: recipient.name, number: number.e164, text, parts });
  }
  return { outgoing, skipped, longest };
}
