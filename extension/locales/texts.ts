import { createI18n } from '@wxt-dev/i18n';
import type { GeneratedI18nStructure } from '../../.wxt/i18n/structure.d.ts';

type Texts = GeneratedI18nStructure;
export type TextKey = keyof Texts & string;

/** Keys that stand for a number of things: `people` where the locale has `people.one`, `people.few`, `people.many`. */
export type PluralKey = TextKey extends infer Key ? (Key extends `${infer Base}.many` ? Base : never) : never;

const { t: message } = createI18n();

/** A text in the user's language. `$1`, `$2`… are replaced in order; numbers are written as the language writes them. */
export function t(key: TextKey, ...substitutions: (string | number)[]): string {
  return substitutions.length === 0 ? message(key) : message(key, substitutions.map(written));
}

/**
 * A text that counts: `1 osoba`, `2 osoby`, `5 osób`. `$1` is the number, `$2`… the rest. Polish has a form for 1, one for
 * 2–4 (not 12–14) and one for all others; English two, so its file repeats the second.
 */
export function plural(key: PluralKey, count: number, ...substitutions: (string | number)[]): string {
  const rule = new Intl.PluralRules(language()).select(count);
  const form = rule === 'one' ? 'one' : rule === 'few' ? 'few' : 'many';
  return t(`${key}.${form}` as TextKey, count, ...substitutions);
}

/** The language of the texts that the browser chose, which is not always the browser's own: `pl` stands in for it. */
export function language(): string {
  return message('language');
}

/** How numbers, dates and lists are written: English as in Britain, as its texts are spelt. */
function formats(): string {
  return message('formats');
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(formats()).format(value);
}

/** Day and time where the organisation is: the rules' dates are Polish ones wherever the browser stands. */
export function formatInstant(at: number): string {
  return new Intl.DateTimeFormat(formats(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Warsaw',
  }).format(at);
}

/** With seconds, for what follows closely on each other. */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(formats(), {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Warsaw',
  }).format(at);
}

/** `24.11`, where many days stand side by side. */
export function formatShortDay(at: number): string {
  return new Intl.DateTimeFormat(formats(), {
    day: 'numeric',
    month: '2-digit',
    timeZone: 'Europe/Warsaw',
  }).format(at);
}

/** `PL` → `Polska`. */
export function formatRegion(region: string): string {
  return new Intl.DisplayNames(language(), { type: 'region', fallback: 'code' }).of(region) ?? region;
}

/** `a, b i c`. */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(formats(), { type: 'conjunction' }).format(items);
}

function written(value: string | number): string {
  return typeof value === 'number' ? formatNumber(value) : value;
}
