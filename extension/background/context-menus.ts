import { browser } from 'wxt/browser';
import type { Capture } from '../bridge/capture.ts';
import { t } from '../locales/texts.ts';
import { textFromPage } from './commands.ts';

/** Right click on a selection, on a `tel:` link, and anywhere on a page. */
export function setUpContextMenus(): void {
  browser.runtime.onInstalled.addListener(() => void createMenus());
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (tab?.id === undefined || tab.id < 0) return;
    if (info.menuItemId === 'list') return void textFromPage(tab.id, tab.windowId, 'captureList');
    const shown = info.menuItemId === 'link' ? numberOfLink(info.linkUrl ?? '') : (info.selectionText ?? '');
    const page = { url: info.pageUrl ?? tab.url ?? '', title: tab.title ?? '' };
    void textFromPage(tab.id, tab.windowId, 'captureAtFocus', asCapture(shown, page));
  });
}

async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: 'selection', title: t('menu.selection'), contexts: ['selection'] });
  browser.contextMenus.create({
    id: 'link',
    title: t('menu.link'),
    contexts: ['link'],
    targetUrlPatterns: ['tel:*'],
  });
  browser.contextMenus.create({ id: 'list', title: t('menu.list'), contexts: ['page'] });
}

/** What a `tel:` link holds, as people write it. Links lie (empty, national, raw text): the composer checks it. */
function numberOfLink(url: string): string {
  const raw = url.replace(/^tel:/i, '').replace(/;.*$/, '');
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** A capture of bare text, for pages that could not be read themselves. */
function asCapture(shown: string, page: Capture['page']): Capture | null {
  if (shown.trim() === '') return null;
  return {
    id: crypto.randomUUID(),
    takenAt: Date.now(),
    page,
    where: 'selection',
    list: null,
    columns: [],
    people: [{ row: '0', name: '', shown: shown.slice(0, 200), numbers: [], fields: {} }],
    collected: null,
  };
}
