/** Links that dial. What they say lies often enough (labs: empty, national, raw text) that the text beside comes first. */

export const dialLinks = 'a[href^="tel:" i],a[href^="sms:" i],a[href^="callto:" i],area[href^="tel:" i]';

/** What an element is called where its text does not say it: by its title, else by its accessible name. */
export const nameSaid = (element: Element): string =>
  element.getAttribute('title') ?? element.getAttribute('aria-label') ?? '';

/** The number that a link would dial, as written in its address; empty for links that dial nobody. */
export function linkNumber(link: Element): string {
  const href = link.getAttribute('href') ?? '';
  const match = /^\s*(?:tel|sms|callto):(?:\/\/)?([^?;]*)/i.exec(href);
  if (!match) return '';
  try {
    return decodeURIComponent(match[1] ?? '').trim();
  } catch {
    // Not percent-encoded after all: a page that writes raw text.
    return (match[1] ?? '').trim();
  }
}
