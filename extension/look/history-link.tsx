import type { ComponentChildren } from 'preact';
import { browser } from 'wxt/browser';

/** Opens the history in a tab, always the same one. `page` is its address there, e.g. `batch/bat_1`. */
export function HistoryLink({ page = 'batches', children }: { page?: string; children: ComponentChildren }) {
  return (
    <a href={`${browser.runtime.getURL('/sent.html')}#${page}`} target="nadpis-history">
      {children}
    </a>
  );
}
