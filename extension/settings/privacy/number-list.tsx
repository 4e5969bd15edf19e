import { useEffect, useMemo } from 'preact/hooks';
import type { ListedNumber, NumberListName } from '../../../shared/api/privacy.ts';
import { formatNational } from '../../../shared/phone/check.ts';
import { numberLists } from '../../bridge/privacy-api.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages } from '../../history/pages.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { formatInstant, t } from '../../locales/texts.ts';
import { RemoveButton } from '../../look/remove-button.tsx';
import { SaveCsv } from '../../look/save-csv.tsx';
import { createSaving } from '../resource.ts';
import { listWords } from './list-words.ts';
import { AddNumbers } from './number-list-form.tsx';

/** One list: what is on it, a way to add and take off, and all of it as a file. */
export function NumberList({ list }: { list: NumberListName }) {
  const pages = useMemo(() => createPages<ListedNumber>((cursor) => numberLists.page(list, cursor)), [list]);
  useEffect(() => void pages.load(), [pages]);
  const taking = useMemo(createSaving, []);
  const state = taking.state.value;
  const words = listWords[list];
  async function remove(number: string): Promise<void> {
    if ((await taking.save(() => numberLists.remove(list, [number]))) !== null) await pages.load();
  }
  return (
    <section class="card" aria-labelledby={`${list}-title`}>
      <div class="card-head">
        <h2 id={`${list}-title`}>{t(words.title)}</h2>
        <SaveCsv
          name={list}
          headings={[t('history.number'), t('privacy.source'), t('privacy.csv.by'), t('privacy.csv.at')]}
          rowOf={({ number, source, by, at }: ListedNumber) => [
            number,
            source,
            by,
            new Date(at).toISOString(),
          ]}
          read={() => numberLists.all(list)}
        />
      </div>
      <AddNumbers list={list} added={() => void pages.load()} />
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
      <Paged pages={pages} empty={t(words.empty)}>
        {(numbers) => (
          <ul class="rows" aria-labelledby={`${list}-title`}>
            {numbers.map((one) => (
              <li key={one.number}>
                <span>
                  <strong>{formatNational(one.number)}</strong>
                  <br />
                  <small class="quiet">{wordsOf(one)}</small>
                </span>
                <RemoveButton
                  label={t('privacy.remove', t(words.remove), formatNational(one.number))}
                  remove={() => void remove(one.number)}
                  words={{
                    remove: t(words.remove),
                    really: t(words.really),
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

/** Somebody recorded it, or the person wrote it in a text. */
function wordsOf({ at, by, source }: ListedNumber): string {
  return by === ''
    ? t('privacy.by_text', formatInstant(at), source)
    : t('privacy.by_person', formatInstant(at), by, source);
}
