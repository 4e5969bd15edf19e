/**
 * Shows a page of the server in a tab of its own, to print. Its styles stand inside it, which the policy of our pages does not
 * let through; a constructed sheet of the same text is no inline style.
 */
export async function openPage(page: Blob): Promise<void> {
  const url = URL.createObjectURL(page);
  const tab = window.open(url);
  if (tab === null) return;
  await new Promise((resolve) => tab.addEventListener('load', resolve, { once: true }));
  const style = tab.document.querySelector('style')?.textContent ?? '';
  const sheet = new (tab as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(style);
  tab.document.adoptedStyleSheets = [sheet];
  URL.revokeObjectURL(url);
}
