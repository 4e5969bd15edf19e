import { browser } from 'wxt/browser';
import { closeStorageToPages } from '../bridge/token.ts';
import { forgetOldDrafts } from '../composer/draft.storage.ts';

/** Before anything else: what is stored is for our own pages only, and forgotten drafts do not stay for ever. */
export function setUpStorage(): void {
  void closeStorageToPages();
  browser.runtime.onStartup.addListener(() => void forgetOldDrafts(Date.now()));
}
