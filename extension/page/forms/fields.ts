import { readHeader } from '../../../shared/phone/index.ts';
import { shownValue } from '../numbers/text.ts';
import { labelOfControl } from './labels.ts';

/** Inputs that hold phone numbers: by their type, by what the user reads beside them, by what the page's author calls them. */

export interface FieldReading {
  control: Element;
  label: string;
  /** So many digits stand in it that it may hold a number; which one is read when the user acts (`field-number.ts`). */
  filled: boolean;
}

const digits = /(?:\d\D{0,4}){6}/;

const typed = /^(?:tel|text|number|search|)$/i;

/** @param owned lists: an input in a list's row is one of its cells */
export function* phoneFields(
  inputs: readonly Element[],
  owned: ReadonlySet<Element>,
): Generator<FieldReading | undefined> {
  for (const control of inputs) {
    if (!typed.test(control.getAttribute('type') ?? '')) continue;
    const said = isPhoneField(control) && !inside(control, owned) ? control : null;
    yield said
      ? { control, label: labelOfControl(control), filled: digits.test(shownValue(control)) }
      : undefined;
  }
}

export function isPhoneField(control: Element): boolean {
  if (control.tagName !== 'INPUT') return false;
  const complete = control.getAttribute('autocomplete') ?? '';
  if (/\btel(?:-national|-local)?\b/.test(complete)) return true;
  if (/one-time-code|postal-code|cc-/.test(complete)) return false;
  const label = readHeader(labelOfControl(control)).says;
  if (label === 'phone') return true;
  if (label === 'decoy' || label === 'text') return false;
  // "Kontakt" may be a name, an e-mail or a number: what stands in it says which.
  if (label === 'contact' && /^[\s\d()+./–-]{7,}$/.test((control as HTMLInputElement).value)) return true;
  const code = `${control.getAttribute('name') ?? ''} ${control.getAttribute('id') ?? ''}`;
  const named = readHeader(code).says;
  if (named === 'phone') return true;
  // Number pads are asked for by type=tel as well: codes, amounts.
  return control.getAttribute('type') === 'tel' && named !== 'decoy';
}

function inside(control: Element, owned: ReadonlySet<Element>): boolean {
  if (owned.size === 0) return false;
  for (let at: Element | null = control; at; at = at.parentElement) if (owned.has(at)) return true;
  return false;
}
