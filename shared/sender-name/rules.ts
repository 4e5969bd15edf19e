import { type BlockedKind, type BlockedList, findBlocked, findLookAlike } from './blocked.ts';
import { isFirstName } from './first-names.ts';
import { collapseSpaces, senderNameKey, trimSpaces } from './key.ts';
import { plainCharacter, plainForm } from './plain.ts';

/** Characters that every operator carries as a sender name (R10a). */
export const longestSenderName = 11;

/** A character outside A–Z, a–z, 0–9 and space (R12). */
export interface RefusedCharacter {
  /** One code point; it may be invisible, so show `codePoint` beside it. */
  readonly character: string;
  /** `U+017B` */
  readonly codePoint: string;
  /** Where it stands in what was typed: UTF-16 offset from 0, as `setSelectionRange` counts. */
  readonly position: number;
  /** What could stand in its place: Ż → Z. Empty where nothing could. */
  readonly plain: string;
}

export type Refusal =
  | { readonly code: 'empty' }
  | { readonly code: 'too-long'; readonly length: number; readonly limit: number }
  | {
      readonly code: 'character';
      /** In order; at most `mostCharactersListed`, `more` says how many follow. */
      readonly characters: readonly RefusedCharacter[];
      readonly more: number;
      /** The whole name in plain characters, where that name would be taken. To offer, never to put in silently. */
      readonly suggestion: string | undefined;
    }
  | { readonly code: 'blocked'; readonly name: string; readonly kind: BlockedKind };

/** What operators usually refuse, or what a sender should know. */
export type Warning =
  | { readonly code: 'digits-only' }
  | { readonly code: 'four-digits-in-a-row' }
  | { readonly code: 'too-short' }
  | { readonly code: 'first-name' }
  /** iPhones drop the space: `shown` is what they show. */
  | { readonly code: 'contains-space'; readonly shown: string }
  | { readonly code: 'looks-like-blocked'; readonly name: string; readonly kind: BlockedKind };

/** What was changed in what was typed, to be told. */
export type Notice = { readonly code: 'trimmed' } | { readonly code: 'spaces-collapsed' };

export interface SenderNameCheck {
  /** The name as it would be registered: trimmed, double spaces made one, nothing else changed. */
  readonly name: string;
  /** What it is compared by: see `senderNameKey`. */
  readonly key: string;
  /** Empty: the name may be asked for. Whether it is taken, only the database knows. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  readonly notices: readonly Notice[];
}

const mostCharactersListed = 20;

/**
 * Judges what was typed as a sender name (R10, R12 and the operators' own rules): the same code for the form and the
 * server. Passing it never authorises a name (R11). Linear; any text is taken.
 */
export function checkSenderName(input: string, { blocked }: { blocked?: BlockedList } = {}): SenderNameCheck {
  const trimmed = trimSpaces(input);
  const name = collapseSpaces(trimmed);
  const key = senderNameKey(name);
  const notices: Notice[] = [];
  if (trimmed !== input) notices.push({ code: 'trimmed' });
  if (name !== trimmed) notices.push({ code: 'spaces-collapsed' });
  if (name === '') return { name, key, refusals: [{ code: 'empty' }], warnings: [], notices };

  const refusals: Refusal[] = [];
  const length = lengthInCharacters(name);
  if (length > longestSenderName) refusals.push({ code: 'too-long', length, limit: longestSenderName });
  const character = refusedCharacters(input, name, blocked);
  if (character !== undefined) refusals.push(character);
  const reserved = isComparable(name) ? findBlocked(name, blocked) : undefined;
  if (reserved !== undefined) refusals.push({ code: 'blocked', ...reserved });

  const warnings = warningsFor(name, key, length);
  const alike = reserved === undefined && isComparable(name) ? findLookAlike(name, blocked) : undefined;
  if (alike !== undefined) warnings.push({ code: 'looks-like-blocked', ...alike });
  return { name, key, refusals, warnings, notices };
}

function warningsFor(name: string, key: string, length: number): Warning[] {
  const warnings: Warning[] = [];
  if (/^[0-9 ]+$/.test(name)) warnings.push({ code: 'digits-only' });
  if (/[0-9]{4}/.test(name)) warnings.push({ code: 'four-digits-in-a-row' });
  if (length < 3) warnings.push({ code: 'too-short' });
  if (isFirstName(key)) warnings.push({ code: 'first-name' });
  if (name.includes(' ')) warnings.push({ code: 'contains-space', shown: name.replaceAll(' ', '') });
  return warnings;
}

function refusedCharacters(input: string, name: string, blocked?: BlockedList): Refusal | undefined {
  const characters: RefusedCharacter[] = [];
  let count = 0;
  let position = 0;
  for (const character of input) {
    if (!/^[A-Za-z0-9 ]$/.test(character) && ++count <= mostCharactersListed) {
      characters.push({
        character,
        codePoint: codePointOf(character),
        position,
        plain: plainCharacter(character),
      });
    }
    position += character.length;
  }
  if (count === 0) return undefined;
  return {
    code: 'character',
    characters,
    more: count - characters.length,
    suggestion: suggestionFor(name, blocked),
  };
}

function suggestionFor(name: string, blocked?: BlockedList): string | undefined {
  if (!isComparable(name)) return undefined;
  const plain = collapseSpaces(plainForm(name));
  const fits = plain !== '' && plain.length <= longestSenderName;
  return fits && findBlocked(plain, blocked) === undefined ? plain : undefined;
}

/** Much longer names are no spelling of a reserved one, and a pasted megabyte is not worth folding to find out. */
function isComparable(name: string): boolean {
  return name.length <= 64;
}

function lengthInCharacters(name: string): number {
  let length = 0;
  for (const _ of name) length++;
  return length;
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
