import Papa from 'papaparse';
import { longestBlockedList } from '../../../shared/api/blocked-names.ts';
import type { ProblemError } from '../../../shared/api/problems.ts';

export interface BlockedRow {
  /** Of the file, from 1. */
  line: number;
  name: string;
}

export type BlockedCsv =
  | { ok: true; rows: BlockedRow[] }
  | { ok: false; broken: ProblemError[]; more: number };

/** How a list may call its column of names; else by a word that only its heading has. */
const headings = /^(name|nazwa|nadpis|nadawca|sender|sender[ _]?id|sender name|nazwa nadawcy)$/i;
const longestName = 64;
const brokenNamed = 100;

/**
 * Reads a list of reserved names. Comma, semicolon and tab separate, a header is known by its word, empty lines are passed
 * over, and a name that stands twice counts once. A list with any broken line is broken: half a list would be worse than
 * the old one.
 */
export function readBlockedCsv(csv: string): BlockedCsv {
  const broken: ProblemError[] = [];
  let count = 0;
  const refuse = (line: number, code: string, detail: string): void => {
    count++;
    if (broken.length < brokenNamed)
      broken.push({ path: `/csv/${line}`, code, detail: `Line ${line}: ${detail}` });
  };

  const rows: BlockedRow[] = [];
  const seen = new Set<string>();
  let column = 0;
  let line = 1;
  let first = true;
  let cursor = 0;
  const text = csv.replace(/^\ufeff/, '');
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors, meta }, parser) => {
      const at = line;
      line += lineEnds(text, cursor, meta.cursor);
      cursor = meta.cursor;
      for (const error of errors) refuse(at, 'csv', error.message);
      if (errors.length > 0) return;
      if (data.every((cell) => cell.trim() === '')) return;
      if (first) {
        first = false;
        const exact = data.findIndex((cell) => headings.test(cell.trim()));
        const heading =
          exact >= 0 ? exact : data.findIndex((cell) => /\b(nadpis|nazwa nadawcy)\b/i.test(cell));
        if (heading >= 0) {
          column = heading;
          return;
        }
      }
      const name = (data[column] ?? '').trim();
      if (name === '') refuse(at, 'empty', 'no name');
      else if (name.length > longestName) refuse(at, 'too-long', `more than ${longestName} characters`);
      else if (/[\p{Cc}\ufffd]/u.test(name) || !name.isWellFormed())
        refuse(at, 'characters', 'not text in UTF-8');
      else if (!seen.has(name)) {
        seen.add(name);
        rows.push({ line: at, name });
        if (rows.length > longestBlockedList) {
          refuse(at, 'too-many', `more than ${longestBlockedList} names`);
          parser.abort();
        }
      }
    },
  });
  if (count === 0 && rows.length === 0) refuse(1, 'empty', 'no names in the list');
  return count === 0 ? { ok: true, rows } : { ok: false, broken, more: count - broken.length };
}

/**
 * The separator that the first line has most of. A line without any is a list of one column, whose names may hold commas: they are
 * separated by nothing.
 */
function delimiterOf(text: string): string {
  const line = /[^\r\n]+/.exec(text)?.[0] ?? '';
  const counts = [';', '\t', ','].map((mark) => ({ mark, count: line.split(mark).length - 1 }));
  const most = counts.reduce((best, next) => (next.count > best.count ? next : best));
  return most.count > 0 ? most.mark : '\u001f';
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // CR LF counts once.
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
