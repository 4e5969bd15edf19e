import { plural, t } from '../locales/texts.ts';
import type { Composer, Notice } from './composer.store.ts';

/** What just happened to the recipients, with the way back. */
export function Notices({ composer }: { composer: Composer }) {
  const notice = composer.notice.value;
  return (
    <>
      <div role="status" class="notices">
        {notice !== null && (
          <div class="note">
            <span>{textOf(notice)}</span>
            <span class="note-actions">
              {notice.kind === 'replaced' && notice.mayAdd && (
                <button type="button" class="link" onClick={composer.addInstead}>
                  {t('notice.add_instead')}
                </button>
              )}
              {notice.kind !== 'nothing-found' && (
                <button type="button" class="link" onClick={composer.undo}>
                  {t('undo')}
                </button>
              )}
              <button
                type="button"
                class="link"
                onClick={() => {
                  composer.notice.value = null;
                }}
              >
                {t('close')}
              </button>
            </span>
          </div>
        )}
      </div>
      {composer.isUnsaved.value && <p class="note note-warn">{t('notice.unsaved')}</p>}
    </>
  );
}

function textOf(notice: Notice): string {
  if (notice.kind === 'replaced') return plural('notice.replaced', notice.count);
  if (notice.kind === 'removed') return t('notice.removed', notice.name);
  return t('notice.nothing_found');
}
