import Papa from 'papaparse';
import { readCell, readHeader, sampleOf, scoreColumn } from '../../shared/phone/index.ts';
import type { Capture, CapturedPerson } from '../bridge/capture.ts';

/** More rows than one batch takes are told by the server; more than this would only freeze the panel. */
const mostRows = 20_000;

/**
 * Recipients from a pasted table: tab-separated from a spreadsheet or a canvas grid, or separated by `;` or `,`. The phone
 * column is found by its header and its cells, as on a page. Without any phone column each row with a number somewhere
 * is taken; rows without one stay, to be listed as skipped. Null: there is no number in it at all.
 */
export function readPastedTable(text: string, now: number, id: string): Capture | null {
  const rows = rowsOf(text);
  if (rows.length === 0) return null;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const hasHeader = rows.length > 1 && isHeader(rows[0] ?? [], rows.slice(1));
  const headers = headersOf(hasHeader ? (rows[0] ?? []) : [], width);
  const body = hasHeader ? rows.slice(1) : rows;
  const phone = phoneColumn(hasHeader ? headers : [], body, width);
  if (phone < 0) return null;
  const name = nameColumn(headers, hasHeader, body, width, phone);
  return {
    id,
    takenAt: now,
    page: { url: '', title: '' },
    where: 'paste',
    list: null,
    columns: hasHeader ? headers : [],
    people: body.map((row, at) => personOf(row, at, hasHeader ? headers : [], phone, name)),
    collected: null,
  };
}

function rowsOf(text: string): string[][] {
  const delimiter = text.includes('\t') ? '\t' : '';
  const { data } = Papa.parse<string[]>(text.trim(), {
    delimiter,
    delimitersToGuess: [';', ',', '|'],
    skipEmptyLines: 'greedy',
    preview: mostRows,
  });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** A first row without any number, above rows that have one. */
function isHeader(first: string[], rest: string[][]): boolean {
  const hasNumber = (row: string[]): boolean => row.some((cell) => readCell(cell).length > 0);
  return !hasNumber(first) && rest.some(hasNumber);
}

/** A name for each column; an empty or repeated one gets its place, so that no field hides another. */
function headersOf(first: string[], width: number): string[] {
  const headers: string[] = [];
  for (let at = 0; at < width; at++) {
    const header = first[at] || String(at + 1);
    headers.push(headers.includes(header) ? `${header} ${at + 1}` : header);
  }
  return headers;
}

function phoneColumn(headers: string[], rows: string[][], width: number): number {
  let best = { at: -1, score: 0 };
  for (let at = 0; at < width; at++) {
    const cells = rows.map((row) => row[at] ?? '');
    const header = headers[at] ?? '';
    const { says } = readHeader(header);
    if (says === 'decoy') continue;
    const filled = cells.filter((cell) => readCell(cell).length > 0).length;
    const { read } = scoreColumn({ header, sample: sampleOf(cells) });
    // Who pastes a table means recipients: a doubtful column of numbers serves where there is no better one. A header that
    // says "telefon" wins over all that merely look like phones.
    const score = filled * (read === 'none' ? 0.1 : 1) + (says === 'phone' ? rows.length : 0);
    if (filled > 0 && score > best.score) best = { at, score };
  }
  return best.at;
}

function nameColumn(
  headers: string[],
  hasHeader: boolean,
  rows: string[][],
  width: number,
  phone: number,
): number {
  const columns = Array.from({ length: width }, (_, at) => at).filter((at) => at !== phone);
  if (hasHeader) {
    const named = columns.find((at) => readHeader(headers[at] ?? '').says === 'name');
    if (named !== undefined) return named;
  }
  const hasWords = (at: number): boolean => rows.some((row) => /\p{L}{2}/u.test(row[at] ?? ''));
  return columns.find(hasWords) ?? -1;
}

function personOf(row: string[], at: number, headers: string[], phone: number, name: number): CapturedPerson {
  const shown = row[phone] ?? '';
  const seen = new Set<string>();
  const numbers = readCell(shown).filter(({ e164 }) => !seen.has(e164) && seen.add(e164));
  return {
    row: String(at),
    name: (name < 0 ? '' : (row[name] ?? '')).slice(0, 200),
    shown: shown.slice(0, 200),
    numbers: numbers.map(({ e164, kind, start, end }) => ({
      e164,
      kind,
      shown: shown.slice(start, end),
      ...(headers[phone] === undefined ? {} : { column: headers[phone].slice(0, 120) }),
    })),
    fields: Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])),
  };
}
