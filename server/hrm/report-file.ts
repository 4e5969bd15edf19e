import type { HrmReportRow } from '../../shared/api/hrm-results.ts';
import { csvLines, csvOf } from '../../shared/csv/csv.ts';
import { type HrmLanguage, hrmEventOf } from '../../shared/hrm/events.ts';
import { wallClock } from '../messages/local-time.ts';

const headings: Readonly<Record<HrmLanguage, readonly string[]>> = {
  pl: [
    'Kiedy',
    'Zdarzenie',
    'Pracownik',
    'Powiadomiona osoba',
    'Nazwisko i imię',
    'Numer',
    'Stan',
    'Stan od',
    'Powód',
    'Treść',
  ],
  en: [
    'When',
    'Event',
    'Employee',
    'Person told',
    'Name',
    'Number',
    'State',
    'State since',
    'Reason',
    'Text',
  ],
};

const states: Readonly<Record<HrmLanguage, Readonly<Record<HrmReportRow['state'], string>>>> = {
  pl: {
    waiting: 'czeka',
    skipped: 'pominięte',
    refused: 'odmowa',
    queued: 'w kolejce',
    sending: 'wysyłane',
    accepted: 'przyjęte przez operatora',
    delivered: 'dostarczone',
    undelivered: 'niedostarczone',
    expired: 'przeterminowane',
    rejected: 'odrzucone',
    cancelled: 'zatrzymane',
    unknown: 'nieznany',
  },
  en: {
    waiting: 'waiting',
    skipped: 'skipped',
    refused: 'refused',
    queued: 'queued',
    sending: 'sending',
    accepted: 'accepted by the operator',
    delivered: 'delivered',
    undelivered: 'undelivered',
    expired: 'expired',
    rejected: 'rejected',
    cancelled: 'stopped',
    unknown: 'unknown',
  },
};

const separator = (language: HrmLanguage) => (language === 'pl' ? ';' : ',');

/** The beginning of the file, with its headings. */
export const fileHead = (language: HrmLanguage): string => csvOf([headings[language]], separator(language));

/** Rows as lines. */
export const fileLines = (rows: readonly HrmReportRow[], language: HrmLanguage, timeZone: string): string =>
  csvLines(
    rows.map((row) => [
      moment(row.at, timeZone),
      hrmEventOf(row.event).name[language],
      row.employee,
      row.person,
      row.name,
      row.number,
      states[language][row.state],
      moment(row.stateAt, timeZone),
      row.reason,
      row.text ?? '',
    ]),
    separator(language),
  );

/** `2026-11-24 09:30`, by the company's clock. */
function moment(at: number, timeZone: string): string {
  const clock = wallClock(at, timeZone);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${clock.year}-${two(clock.month)}-${two(clock.day)} ${two(clock.hour)}:${two(clock.minute)}`;
}
