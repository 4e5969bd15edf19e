import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { HrmNotificationState } from '../../../shared/api/hrm.ts';
import type { HrmReportRow } from '../../../shared/api/hrm-results.ts';
import { hrmEventIds, hrmEventOf, isHrmEvent } from '../../../shared/hrm/events.ts';
import { formatNational } from '../../../shared/phone/check.ts';
import { hrm, type ReportFilters } from '../../bridge/hrm-api.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages } from '../../history/pages.store.ts';
import { textOfFailure, textOfHrmReason, textOfHrmState } from '../../locales/code-text.ts';
import { today } from '../../locales/days.ts';
import { formatInstant, language, plural, t } from '../../locales/texts.ts';
import { download } from '../../look/download.ts';
import { Search } from '../../look/search.tsx';
import { Select } from '../choices.tsx';
import { createSaving } from '../resource.ts';
import { ForHrm } from './access.tsx';

/** Who was told of what and when, and whether it came. */
export function HrmReport({ session }: { session: SessionStore }) {
  return <ForHrm session={session}>{({ id }) => <Report id={id} />}</ForHrm>;
}

function Report({ id }: { id: string }) {
  const filters = useMemo(() => signal<ReportFilters>({}), []);
  const pages = useMemo(
    () => createPages<HrmReportRow>((cursor) => hrm.report.page(id, filters.value, cursor)),
    [id, filters],
  );
  useEffect(() => void pages.load(), [pages]);
  const exporting = useMemo(createSaving, []);
  function change(part: ReportFilters): void {
    filters.value = { ...filters.value, ...part };
    void pages.load();
  }
  async function save(): Promise<void> {
    const file = await exporting.save(() =>
      hrm.report.csv(id, filters.value, language() === 'en' ? 'en' : 'pl'),
    );
    if (file !== null) download(`hrm-${today()}.csv`, file.value);
  }
  const isFiltered = Object.values(filters.value).some((value) => (value ?? '') !== '');
  return (
    <>
      <p class="help">{t('hrm.report.help')}</p>
      <Filters filters={filters.value} change={change} />
      <section class="card" aria-labelledby="report-title">
        <div class="card-head">
          <h2 id="report-title">{t('hrm.report.list')}</h2>
          <button
            type="button"
            disabled={exporting.state.value.kind === 'saving'}
            onClick={() => void save()}
          >
            {t('hrm.report.export')}
          </button>
        </div>
        {exporting.state.value.kind === 'failed' && (
          <p class="bad" role="alert">
            {textOfFailure(exporting.state.value.failure)}
          </p>
        )}
        <Paged pages={pages} empty={isFiltered ? t('hrm.report.none_found') : t('hrm.report.none')}>
          {(list) => (
            <ul class="rows" aria-labelledby="report-title">
              {list.map((row) => (
                <ReportRow key={row.id} row={row} />
              ))}
            </ul>
          )}
        </Paged>
      </section>
    </>
  );
}

function Filters({ filters, change }: { filters: ReportFilters; change: (part: ReportFilters) => void }) {
  const day = (label: string, name: 'from' | 'to') => (
    <label class="field">
      <span>{label}</span>
      <input
        type="date"
        value={filters[name] ?? ''}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <search class="filters report-filters" aria-label={t('history.filter.title')}>
      <Search
        label={t('hrm.report.employee')}
        value={filters.employee ?? ''}
        search={(employee) => change({ employee })}
      />
      <Select
        label={t('hrm.report.event')}
        value={filters.event ?? ''}
        options={[
          { value: '', label: t('hrm.report.any_event') },
          ...hrmEventIds.map((event) => ({ value: event, label: nameOf(event) })),
        ]}
        choose={(event) => change({ event: isHrmEvent(event) ? event : undefined })}
      />
      <Select
        label={t('history.filter.state')}
        value={filters.state ?? ''}
        options={[
          { value: '', label: t('history.filter.any_state') },
          ...HrmNotificationState.options.map((state) => ({ value: state, label: textOfHrmState(state) })),
        ]}
        choose={(state) => change({ state: HrmNotificationState.options.find((one) => one === state) })}
      />
      {day(t('history.filter.from'), 'from')}
      {day(t('history.filter.to'), 'to')}
    </search>
  );
}

const nameOf = (event: HrmReportRow['event']): string =>
  hrmEventOf(event).name[language() === 'en' ? 'en' : 'pl'];

function ReportRow({ row }: { row: HrmReportRow }) {
  const { at, event, employee, person, name, number, state, stateAt, reason, text, together } = row;
  const why = reason === '' ? '' : textOfHrmReason(reason);
  return (
    <li>
      <span class="person-about">
        <strong>{name || person}</strong> <span class="quiet">{name !== '' && person}</span> · {nameOf(event)}
        <small class="quiet numbers">
          <span>{formatInstant(at)}</span>
          {number !== '' && <span>{/^\+\d+$/.test(number) ? formatNational(number) : number}</span>}
          {employee !== person && employee !== '' && <span>{t('hrm.report.about', employee)}</span>}
          {together > 1 && <span>{plural('hrm.report.together', together)}</span>}
          {why !== '' && <span class="warn">{why}</span>}
        </small>
        {text !== null && <small class="template-text">{text}</small>}
      </span>
      <span class="report-state">
        <span class={`tag ${tagOf(state)}`}>{textOfHrmState(state)}</span>
        {stateAt !== at && <small class="quiet">{formatInstant(stateAt)}</small>}
      </span>
    </li>
  );
}

const troubled = ['skipped', 'refused', 'undelivered', 'expired', 'rejected', 'cancelled'];
const tagOf = (state: HrmReportRow['state']): string =>
  state === 'delivered' ? 'tag-good' : troubled.includes(state) ? 'tag-warn' : '';
