import { shownValue } from '../numbers/text.ts';

/**
 * The country that an input's widget keeps outside its value. intl-tel-input, vue-tel-input and their kin hold the
 * national number in the input and the calling code in an element beside it: the value alone texts a stranger abroad.
 */

const code = /^\(?\+\s?(\d{1,4})\)?$/;
const codeWithin = /\+\s?(\d{1,4})\b/;
const widgets =
  '.iti,.intl-tel-input,.vue-tel-input,.react-tel-input,.PhoneInput,.phone-input,[class*="phone-input" i],[class*="tel-input" i],.input-group';

/** The value with its calling code; the value itself when it has one or nothing beside says one. */
export function fullNumber(control: Element): string {
  const value = shownValue(control).trim();
  if (value === '' || /^(?:\+|00)/.test(value)) return value;
  const calling = callingCode(control);
  // Only Italy and few others keep the leading zero behind a calling code.
  return calling === null
    ? value
    : `+${calling} ${calling === '39' ? value : value.replace(/^0(?=\d|\s)/, '')}`;
}

/** Digits of the calling code chosen beside the input; null when there is none. */
export function callingCode(control: Element): string | null {
  const widget = control.closest(widgets);
  if (widget) {
    const said = codeIn(widget, control);
    if (said) return said;
  }
  // A select or a short text right beside the input.
  let side: Element | null = control.previousElementSibling;
  let around = control.parentElement;
  for (let level = 0; level < 3; level += 1) {
    // Another field's widget says nothing of this one.
    if (
      side &&
      [...side.querySelectorAll('input:not([type=hidden])')].some((input) => codeOf(input) === null)
    )
      return null;
    if (side) {
      const said = codeIn(side, control) ?? codeOf(side);
      if (said) return said;
    }
    side = around?.previousElementSibling ?? null;
    if (around && around.querySelectorAll('input:not([type=hidden])').length > 1) return null;
    around = around?.parentElement ?? null;
  }
  return null;
}

function codeIn(widget: Element, control: Element): string | null {
  const chosen = widget.querySelector(
    '.iti__selected-dial-code,.selected-dial-code,.vti__country-code,[data-dial-code][aria-selected=true],.iti__country.iti__active',
  );
  const said = chosen
    ? (chosen.getAttribute('data-dial-code') ?? codeWithin.exec(chosen.textContent ?? '')?.[1] ?? null)
    : null;
  if (said) return said;
  for (const element of widget.querySelectorAll('select,button,[role=combobox],[title],span,div,input')) {
    if (element === control || element.contains(control)) continue;
    const own = codeOf(element);
    if (own) return own;
  }
  return null;
}

function codeOf(element: Element): string | null {
  if (element.tagName === 'SELECT' || element.tagName === 'INPUT') {
    const shown = shownValue(element);
    return codeWithin.exec(shown)?.[1] ?? code.exec((element as HTMLInputElement).value ?? '')?.[1] ?? null;
  }
  if (element.childElementCount > 3) return null;
  const text = (element.textContent ?? '').trim();
  if (text.length <= 8) {
    const own = code.exec(text)?.[1];
    if (own) return own;
  }
  const title = element.getAttribute('title') ?? element.getAttribute('aria-label') ?? '';
  return /(?:\(|:|\s|^)\+\s?(\d{1,4})\)?$/.exec(title)?.[1] ?? null;
}
