import type { ListSource } from '../lists/list.ts';

/** What has to be scrolled to see the rest of a list; null where all of it is there. */
export function scrollerOf(source: ListSource): Element | null {
  const [row] = source.sample(1);
  for (let at = row?.parentElement ?? null; at; at = at.parentElement) {
    const isPage = at === at.ownerDocument.scrollingElement;
    if (at.scrollHeight <= at.clientHeight + 1 || at.clientHeight < 20) continue;
    if (isPage) return at;
    if (/auto|scroll|overlay/.test(getComputedStyle(at).overflowY)) return at;
    // Some grids hide the bar and move their rows by a bar of their own.
    if (/hidden/.test(getComputedStyle(at).overflowY) && source.root.contains(at))
      return barIn(source.root) ?? at;
  }
  return null;
}

const barIn = (root: Element): Element | null => {
  for (const element of root.querySelectorAll('[class*="scroll" i],[class*="viewport" i]'))
    if (
      element.scrollHeight > element.clientHeight + 1 &&
      element.clientHeight > 20 &&
      /auto|scroll/.test(getComputedStyle(element).overflowY)
    )
      return element;
  return null;
};

/** Two frames without a change, after which rows are recycled no more (ms; frames do not come to a hidden tab). */
const quiet = 60;
const longest = 2_000;

/** Resolves when nothing has changed under an element for a while. */
export function settled(scope: Element): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(done, quiet + 40);
    const limit = setTimeout(done, longest);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quiet);
    });
    observer.observe(scope, { childList: true, subtree: true, characterData: true, attributes: true });
    function done(): void {
      clearTimeout(timer);
      clearTimeout(limit);
      observer.disconnect();
      resolve();
    }
  });
}
