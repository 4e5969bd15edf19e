import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { AuditArea, type AuditEntry } from '../../shared/api/audit.ts';
import { type AuditSearch, audit } from '../bridge/audit-api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { Paged } from '../history/paged.tsx';
import { createPages } from '../history/pages.store.ts';
import { textOfAct, textOfAuthor } from '../locales/audit-text.ts';
import { formatMoment, t } from '../locales/texts.ts';
import { SaveCsv } from '../look/save-csv.tsx';
import { Select } from './choices.tsx';
import { isAdministrator } from './rights.ts';

/** Who changed what, and when: for administrators to look through, and to take away as a file. */
export function AuditScreen({ session }: { session: SessionStore }) {
  if (!isAdministrator(session)) return <p class="note note-warn">{t('audit.administrators_only')}</p>;
  return <Audit />;
}

type Days = Record<'from' | 'until', string>;

function Audit() {
  const area = useSignal<AuditArea | null>(null);
  const sendings = useSignal(false);
  const days = useSignal<Days>({ from: '', until: '' });
  const search = (): AuditSearch => ({
    area: area.value,
    sendings: sendings.value,
    from: startOf(days.value.from),
    until: startOf(days.value.until, 1),
  });
  const pages = useMemo(() => createPages((cursor) => audit.page(search(), cursor)), []);
  useEffect(() => void pages.load(), [area.value, sendings.value, days.value]);
  return (
    <>
      <p class="scope-note">{t('audit.text')}</p>
      <section class="card" aria-labelledby="audit-title">
        <div class="card-head">
          <h2 id="audit-title">{t('audit.list')}</h2>
          <SaveCsv
            label={t('audit.export')}
            name={t('audit.csv.file')}
            headings={auditHeadings()}
            rowOf={auditCells}
            read={() => audit.all(search())}
          />
        </div>
        <search class="filters" aria-label={t('history.filter.title')}>
          <Select
            label={t('audit.area.label')}
            value={area.value ?? ''}
            options={[
              { value: '', label: t('audit.area.all') },
              ...AuditArea.options.map((value) => ({ value, label: t(`audit.area.${value}`) })),
            ]}
            choose={(chosen) => {
              area.value = chosen === '' ? null : chosen;
            }}
          />
          <Day name="from" days={days.value} choose={(next) => (days.value = next)} />
          <Day name="until" days={days.value} choose={(next) => (days.value = next)} />
        </search>
        {(area.value === null || area.value === 'hrm') && (
          <label class="check">
            <input
              type="checkbox"
              checked={sendings.value}
              onChange={(event) => {
                sendings.value = event.currentTarget.checked;
              }}
            />
            {t('audit.sendings')}
          </label>
        )}
        <Paged pages={pages} empty={t('audit.empty')}>
          {(entries) => <Entries entries={entries} />}
        </Paged>
      </section>
    </>
  );
}

function Day(props: { name: keyof Days; days: Days; choose: (days: Days) => void }) {
  const { name, days, choose } = props;
  return (
    <label class="field">
      <span>{name === 'from' ? t('history.filter.from') : t('history.filter.to')}</span>
      <input
        type="date"
        value={days[name]}
        onInput={(event) => choose({ ...days, [name]: event.currentTarget.value })}
      />
    </label>
  );
}

/** When a day begins on this machine, or so many days after it; null: none was chosen. */
function startOf(day: string, later = 0): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year === undefined
    ? null
    : new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  return (
    <ul class="rows" aria-labelledby="audit-title">
      {entries.map((entry) => (
        <li key={entry.id} class="audit-row">
          <div class="audit-what">
            <strong>{textOfAct(entry.act)}</strong>
            {nameOf(entry) !== '' && <span>{nameOf(entry)}</span>}
            <span class="quiet audit-when">
              <time dateTime={new Date(entry.at).toISOString()}>{formatMoment(entry.at)}</time> ·{' '}
              {textOfAuthor(entry.by)}
            </span>
            {wordsOf(entry).map((words) => (
              <span key={words} class="quiet">
                {words}
              </span>
            ))}
          </div>
          <details>
            <summary aria-label={t('audit.details_of', textOfAct(entry.act), formatMoment(entry.at))}>
              {t('audit.details')}
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too */}
            <pre tabIndex={0}>
              {JSON.stringify({ act: entry.act, subject: entry.subject, ...entry.detail }, null, 2)}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

const textIn = (entry: AuditEntry, key: string): string => {
  const value = entry.detail[key];
  return typeof value === 'string' ? value : '';
};

/** What it was done to: as it is called now, or as it was called then. */
const nameOf = (entry: AuditEntry): string => entry.subjectName || textIn(entry, 'name');

/** What people wrote about it. */
function wordsOf(entry: AuditEntry): string[] {
  const [reason, note] = [textIn(entry, 'reason'), textIn(entry, 'note')];
  return [
    ...(reason === '' ? [] : [t('names.timeline.reason', reason)]),
    ...(note === '' ? [] : [t('names.timeline.note', note)]),
  ];
}

const auditHeadings = (): string[] => [
  t('audit.csv.time'),
  t('audit.csv.what'),
  t('audit.csv.name'),
  t('audit.csv.who'),
  t('audit.csv.act'),
  t('audit.csv.subject'),
  t('audit.csv.detail'),
];

/** What the server wrote stands beside the words. */
const auditCells = (entry: AuditEntry): string[] => [
  new Date(entry.at).toISOString(),
  textOfAct(entry.act),
  nameOf(entry),
  textOfAuthor(entry.by),
  entry.act,
  entry.subject,
  JSON.stringify(entry.detail),
];
