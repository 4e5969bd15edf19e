import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { plain, UNSEEN } from './characters.ts';
import { type NumberKind, readCell } from './index.ts';
import { planOf } from './plans.ts';

export type CheckReason =
  | 'empty'
  | 'not-a-number'
  | 'too-short'
  | 'too-long'
  | 'landline'
  | 'premium'
  | 'invalid';

export interface CheckedNumber {
  /** E.164; '' when the input could not be understood as one number. */
  e164: string;
  kind: NumberKind;
  /** ISO 3166 region, '' when unknown or not one region's. */
  country: string;
  canReceiveSms: boolean;
  /** Why it cannot; absent when it can. */
  reason?: CheckReason;
}

/** More characters than any one number is written with. */
const LONGEST_INPUT = 100;
const LABEL = /^\P{L}*(?:tel|kom|mob)\p{L}*/iu;
const TEXTABLE: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);
/** A desk phone or an internet line; all other kinds that take no SMS are paid, free or shared service numbers. */
const DESK: ReadonlySet<NumberType> = new Set(['FIXED_LINE', 'VOIP', 'PERSONAL_NUMBER']);

const countryOf = (region: string): CountryCode => {
  const country = region.toUpperCase();
  return isSupportedCountry(country) ? country : 'PL';
};

function refused(reason: CheckReason): CheckedNumber {
  return { e164: '', kind: 'unknown', country: '', canReceiveSms: false, reason };
}

function kindOf(number: PhoneNumber, type: NumberType, region: CountryCode): NumberKind {
  if (number.countryCallingCode !== getCountryCallingCode(region)) return 'foreign';
  if (type === 'MOBILE') return 'mobile';
  return type === 'FIXED_LINE' ? 'landline' : 'unknown';
}

function whyNot(text: string, number: PhoneNumber | undefined, region: CountryCode): CheckReason {
  const digits = text.replace(/\D/g, '').length;
  if (digits === 0 || /(?:\p{L}.*){3}/u.test(text.replace(LABEL, ''))) return 'not-a-number';
  if (digits > 15) return 'too-long';
  // The library also knows old and internal numbers of six to ten digits; people's have the length of the plan.
  const plan = planOf(region);
  const own = number?.countryCallingCode === plan.code ? number.nationalNumber.length : 0;
  if (own && (own < plan.min || own > plan.max)) return own < plan.min ? 'too-short' : 'too-long';
  const length = validatePhoneNumberLength(text, region);
  if (length === 'TOO_SHORT' || digits < 7) return 'too-short';
  return length === 'TOO_LONG' ? 'too-long' : 'invalid';
}

/**
 * What one number is and whether an SMS can be sent to it, by the full numbering plans of libphonenumber.
 * The input is what a person typed or a page showed: any of the notations that `readCell` knows. Two numbers in
 * one input are `not-a-number`: nobody has said which is meant.
 */
export function checkNumber(input: string, region = 'PL'): CheckedNumber {
  const home = countryOf(region);
  const text = plain(input.slice(0, 1000)).replaceAll(UNSEEN, '').trim();
  if (!text) return refused('empty');
  if (text.length > LONGEST_INPUT) return refused(/^[\d\s().+/-]+$/.test(text) ? 'too-long' : 'not-a-number');
  const found = new Set(readCell(text, home).map((number) => number.e164));
  if (found.size > 1) return refused('not-a-number');
  // What our rules do not know is left to the library: they hold Poland and the neighbours, it holds the world.
  const [known] = found;
  const number = parsePhoneNumberFromString(known ?? text, { defaultCountry: home, extract: false });
  if (!number?.isValid()) return refused(whyNot(known ?? text, number, home));
  const type = number.getType();
  const kind = kindOf(number, type, home);
  const answer = { e164: number.number, kind, country: number.country ?? '' };
  if (TEXTABLE.has(type)) return { ...answer, canReceiveSms: true };
  return { ...answer, canReceiveSms: false, reason: DESK.has(type) ? 'landline' : 'premium' };
}

/** For people to read: `600 100 200` for a number of the region, `+49 1512 3456789` for one from elsewhere. */
export function formatNational(e164: string, region = 'PL'): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  return number.countryCallingCode === getCountryCallingCode(countryOf(region))
    ? number.formatNational()
    : number.formatInternational();
}

/**
 * For logs and for people without the right to see numbers: `+48600100204` → `+48 600 *** 204`. At least three
 * digits are hidden, more of a short number; what is no E.164 number is masked whole.
 */
export function maskNumber(e164: string): string {
  const number = /^\+\d{7,15}$/.test(e164) ? parsePhoneNumberFromString(e164) : undefined;
  if (!number) return '***';
  const national = number.nationalNumber;
  const shown = national.length >= 9 ? 3 : Math.floor(national.length / 4);
  const stars = '*'.repeat(Math.max(3, national.length - 2 * shown));
  return `+${number.countryCallingCode} ${national.slice(0, shown)} ${stars} ${national.slice(-shown)}`;
}
