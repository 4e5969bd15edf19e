import type { ComponentChildren } from 'preact';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import type { Pages } from './pages.store.ts';

/** What has been read of a long list, the way on, and why it could not be read. */
export function Paged<Item>(props: {
  pages: Pages<Item>;
  empty: string;
  /** The way on, where what comes next is not older. */
  more?: string;
  children: (items: Item[]) => ComponentChildren;
}) {
  const { items, next, failure, isReading, load, more } = props.pages;
  const list = items.value;
  return (
    <>
      {failure.value !== null && (
        <p class="note note-bad" role="alert">
          {textOfFailure(failure.value)}{' '}
          <button type="button" class="link" onClick={() => void load()}>
            {t('block.check_again')}
          </button>
        </p>
      )}
      {list === null && failure.value === null && <p class="loading">{t('loading')}</p>}
      {list !== null && list.length === 0 && <p class="empty">{props.empty}</p>}
      {list !== null && list.length > 0 && props.children(list)}
      {next.value !== null && (
        <button type="button" class="more" disabled={isReading.value} onClick={() => void more()}>
          {props.more ?? t('history.older')}
        </button>
      )}
    </>
  );
}
