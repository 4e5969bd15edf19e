import { useState } from 'preact/hooks';
import { formatNational } from '../../shared/phone/check.ts';
import { textOfSkip } from '../locales/code-text.ts';
import { formatNumber, plural, t } from '../locales/texts.ts';
import { SettingsLink } from '../look/settings-link.tsx';
import type { Composer } from './composer.store.ts';
import type { Origin } from './draft.ts';
import { PasteTable, usePastedTable } from './paste.tsx';
import { preferred, type Reviewed } from './review.ts';

/** Whom the text goes to, and first of all whom it does not and why. */
export function Recipients({ composer }: { composer: Composer }) {
  const { toSend, skipped } = composer;
  const onPaste = usePastedTable(composer);
  const isEmpty = composer.reviewed.value.length === 0;
  return (
    <section class="card" aria-labelledby="recipients-title" onPaste={onPaste}>
      <div class="card-head">
        <h2 id="recipients-title">{t('recipients.title')}</h2>
        <p role="status" class="counts">
          {!isEmpty && (
            <>
              <strong>{plural('recipients.to_send', toSend.value.length)}</strong>
              {skipped.value.length > 0 && (
                <span class="warn"> · {plural('recipients.skipped', skipped.value.length)}</span>
              )}
            </>
          )}
        </p>
      </div>
      {composer.people.value.origins.map((origin) => (
        <Source key={`${origin.list} ${origin.page.url}`} origin={origin} />
      ))}
      {isEmpty && <p class="empty">{t('recipients.empty')}</p>}
      {skipped.value.length > 0 && (
        <People
          composer={composer}
          people={skipped.value}
          label={t('recipients.skipped_list')}
          class="people people-skipped"
        />
      )}
      <ConsentFirst composer={composer} />
      {toSend.value.length > 0 && (
        <People composer={composer} people={toSend.value} label={t('recipients.send_list')} class="people" />
      )}
      <PasteTable composer={composer} isOpen={isEmpty} />
    </section>
  );
}

/** What can be done for those whose consent is missing, and a look whether it has been. */
function ConsentFirst({ composer }: { composer: Composer }) {
  const { employees, skipped, preview, body } = composer;
  if (!employees.isHrm.value || skipped.value.every(({ reason }) => reason !== 'consent-missing'))
    return null;
  return (
    <p class="help consent-first">
      {t('hrm.consent_first')}{' '}
      <SettingsLink screen="hrm-consents">{t('settings.hrm_consents.title')}</SettingsLink>{' '}
      <button type="button" class="link" onClick={() => preview.update(body.value)}>
        {t('block.check_again')}
      </button>
    </p>
  );
}

/** The page that the rows were read from, and how much of its list that was. */
function Source({ origin: { page, collected, where } }: { origin: Origin }) {
  const title = where === 'paste' ? t('recipients.pasted') : page.title || page.url;
  return (
    <p class="source">
      <span class="source-title" title={page.url}>
        {title}
      </span>
      {collected !== null && collected.total === null && (
        <span class="tag">{t('recipients.this_page_only')}</span>
      )}
      {collected !== null && collected.total !== null && collected.total > collected.rows && (
        <span class="tag">{t('recipients.collected', collected.rows, collected.total)}</span>
      )}
    </p>
  );
}

const step = 50;

function People(props: { composer: Composer; people: Reviewed[]; label: string; class: string }) {
  const [shown, setShown] = useState(step);
  const rest = props.people.length - shown;
  return (
    <>
      <ul class={props.class} aria-label={props.label}>
        {props.people.slice(0, shown).map((reviewed) => (
          <Person key={reviewed.person.key} composer={props.composer} reviewed={reviewed} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="link more" onClick={() => setShown(shown + step * 4)}>
          {t('more', formatNumber(rest))}
        </button>
      )}
    </>
  );
}

function Person({ composer, reviewed }: { composer: Composer; reviewed: Reviewed }) {
  const { person, number, column, reason, detail } = reviewed;
  const { employees } = composer;
  const name = person.name || t('recipients.nameless');
  // Whose number it is, an employee's consent goes by its heading.
  const about = reason === 'consent-missing' && column !== '' ? `(${column})` : detail;
  return (
    <li>
      <span class="person-name">{name}</span>
      {person.numbers.length > 1 ? (
        <select
          class="person-number"
          aria-label={t('recipients.number_of', name)}
          value={String(
            composer.people.value.chosen[person.key] ?? preferred(person, employees.sources.value),
          )}
          onChange={(event) => composer.chooseNumber(person.key, Number(event.currentTarget.value))}
        >
          {person.numbers.map((one, at) => (
            <option key={one.e164} value={String(at)}>
              {formatNational(one.e164)}
              {employees.isHrm.value && one.column !== undefined && ` · ${one.column}`}
            </option>
          ))}
        </select>
      ) : (
        number !== null && <span class="person-number">{formatNational(number)}</span>
      )}
      {reason !== null && (
        <span class="person-reason">
          {reason === 'consent-missing' && employees.isHrm.value
            ? t('hrm.private_number')
            : textOfSkip(reason)}
          {about !== '' && (
            <>
              {' '}
              <span class="quiet">{about}</span>
            </>
          )}
        </span>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('recipients.remove', name)}
        title={t('recipients.remove', name)}
        onClick={() => composer.remove(person.key)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="m6 6 8 8m0-8-8 8" />
        </svg>
      </button>
    </li>
  );
}
