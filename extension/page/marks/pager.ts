import { isShown, lineOf } from '../numbers/text.ts';

/** The controls that turn a list's pages, in Polish, English, German and Ukrainian, or by their signs. */
export interface Pager {
  /** Everything that changes when a page is turned. */
  root: Element;
  /** Null at the end. */
  next(): HTMLElement | null;
  previous(): HTMLElement | null;
  /** What the list shows now, to tell whether a page was turned. */
  shows(): string;
}

const words = {
  next: /^(?:następn\w*|dalej|next(?: page)?|nächste\w*|weiter|vorwärts|наступн\S*|далі)(?: (?:strona|page|seite|сторінка))?$|^(?:go to |przejdź do )?(?:next|następnej) (?:page|strony)$|^[›»>→]$/i,
  previous:
    /^(?:poprzedni\w*|wstecz|prev(?:ious)?(?: page)?|vorherige\w*|zurück|попередн\S*|назад)(?: (?:strona|page|seite|сторінка))?$|^(?:go to |przejdź do )?(?:previous|poprzedniej) (?:page|strony)$|^[‹«<←]$/i,
};

/** Where such words turn pages, and not, say, go on in a form. */
const places =
  '[class*="pag" i],[class*="footer" i],nav,[role=navigation],[aria-label*="pag" i],[aria-label*="stron" i]';

export function pagerOf(list: Element): Pager | null {
  let around: Element | null = list;
  for (let level = 0; around && level < 6; level += 1, around = around.parentElement) {
    const root: Element = around;
    const next = (): HTMLElement | null => turn(root, 'next');
    const previous = (): HTMLElement | null => turn(root, 'previous');
    if (has(root, 'next') || has(root, 'previous'))
      return { root, next, previous, shows: () => (list.textContent ?? '').slice(0, 20_000) };
    if (root.tagName === 'BODY') return null;
  }
  return null;
}

const has = (root: Element, way: keyof typeof words): boolean => candidates(root, way).length > 0;

const turn = (root: Element, way: keyof typeof words): HTMLElement | null =>
  candidates(root, way).find((control) => !isOff(control)) ?? null;

function candidates(root: Element, way: keyof typeof words): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const control of root.querySelectorAll<HTMLElement>('button,[role=button],a')) {
    // A link to somewhere else would take the user away.
    const href = control.getAttribute('href');
    if (href && !href.startsWith('#') && !/^javascript:/i.test(href)) continue;
    if (
      !control.closest(places) ||
      control.closest('form')?.querySelector('input:not([type=hidden]),textarea')
    )
      continue;
    const names = [control.getAttribute('aria-label'), control.title, lineOf(control)];
    if (names.some((name) => name && words[way].test(name.trim())) && isShown(control)) found.push(control);
  }
  return found;
}

const isOff = (control: HTMLElement): boolean =>
  control.matches(':disabled,[aria-disabled=true],.disabled,.is-disabled,.p-disabled') ||
  control.closest('.disabled,[aria-disabled=true]') !== null;
