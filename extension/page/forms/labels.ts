import { isElement, isText } from '../numbers/nodes.ts';
import { isSilent, lineOf, oneLine } from '../numbers/text.ts';

/** What a control or a value is called: by markup where there is some, else by what stands before it. */

const longestLabel = 60;

const tidy = (text: string | null | undefined): string =>
  oneLine(text ?? '')
    .replace(/\s*[*:：]+\s*$/, '')
    .slice(0, longestLabel);

/** The label of an input: the words that a user reads for it. */
export function labelOfControl(control: Element): string {
  const root = control.getRootNode() as Document | ShadowRoot;
  const ids = control.getAttribute('aria-labelledby');
  if (ids) {
    const said = tidy(
      ids
        .split(/\s+/)
        .map((id) => textById(root, id))
        .join(' '),
    );
    if (said) return said;
  }
  const id = control.getAttribute('id');
  if (id) {
    const label = root.querySelector(`label[for="${CSS.escape(id)}"]`);
    const said = label ? tidy(lineOf(label)) : '';
    if (said) return said;
  }
  const around = control.closest('label');
  if (around) {
    const said = tidy(ownWords(around, control));
    if (said) return said;
  }
  return (
    tidy(control.getAttribute('aria-label')) ||
    labelBefore(control) ||
    tidy(control.getAttribute('placeholder')) ||
    tidy(control.getAttribute('title'))
  );
}

/** The label of a value in text: its term, its row's heading, or the short text right before it. */
export function labelOfValue(element: Element): string {
  const term = element.closest('dd')?.previousElementSibling;
  if (term) {
    for (let at: Element | null = term; at; at = at.previousElementSibling)
      if (at.tagName === 'DT') return tidy(lineOf(at));
  }
  return labelBefore(element);
}

function textById(root: Document | ShadowRoot, id: string): string {
  const element = id ? root.querySelector(`#${CSS.escape(id)}`) : null;
  return element ? lineOf(element) : '';
}

function ownWords(label: Element, control: Element): string {
  let words = '';
  for (const node of label.childNodes) {
    if (isText(node)) words += ` ${node.data}`;
    else if (isElement(node) && !node.contains(control) && !isSilent(node)) words += ` ${lineOf(node)}`;
  }
  return words;
}

/** The nearest text before an element, at most four levels up, if it is short enough to be a label. */
function labelBefore(element: Element): string {
  for (let at: Element | null = element, level = 0; at && level < 5; at = at.parentElement, level += 1) {
    if (/^(?:BODY|FORM|TABLE|MAIN|SECTION|ARTICLE)$/.test(at.tagName)) return '';
    let before: Node | null = at.previousSibling;
    while (
      before &&
      !(isElement(before)
        ? !isSilent(before) && lineOf(before) !== ''
        : isText(before) && /\S/.test(before.data))
    )
      before = before.previousSibling;
    if (!before) continue;
    const text = oneLine(isElement(before) ? lineOf(before) : (before as Text).data);
    // The text of another value or another field ends the search: it is not ours.
    if (
      isElement(before) &&
      (/^(?:INPUT|SELECT|TEXTAREA)$/.test(before.tagName) || before.querySelector('input,select,textarea'))
    )
      return '';
    if (text.length > longestLabel || /\d{4,}/.test(text)) return '';
    return tidy(text);
  }
  return '';
}
