import Papa from 'papaparse';
import type { z } from 'zod';
import { type ProblemError, ProblemException } from '../../shared/api/problems.ts';

/** A column of a file: what its heading may be, and which property it fills. */
export interface Column {
  property: string;
  heading: RegExp;
}

/** What is wrong with a line, and in which of its columns. */
export interface Trouble {
  property: string;
  code: string;
  detail: string;
}

/** Lines of one file. */
const longest = 50_000;
const named = 100;

/**
 * Reads a file with headings; comma, semicolon and tab separate. One broken line, and none is taken: half a file would be
 * worse than none.
 *
 * @param columns the first ones that fit a heading; a column that nobody knows is passed over
 * @param check a line's own rules beyond the schema; null: it is right
 * @throws {ProblemException} `import-refused` with each broken line at `/csv/{line}`, from 1 with the headings, or at
 *   `/csv/{line}/{property}` where one of its cells is wrong: `missing`, `invalid`, or a code of `check`
 */
export function readCsv<Schema extends z.ZodType>(
  csv: string,
  columns: readonly Column[],
  schema: Schema,
  check: (line: z.infer<Schema>) => Trouble | null = () => null,
): z.infer<Schema>[] {
  const broken: ProblemError[] = [];
  let count = 0;
  const refuse = (line: number, code: string, detail: string, property = ''): void => {
    count++;
    if (broken.length < named) {
      const path = property === '' ? `/csv/${line}` : `/csv/${line}/${property}`;
      broken.push({ path, code, detail: `Line ${line}: ${detail}` });
    }
  };

  const { data, errors } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), {
    delimitersToGuess: [';', '\t', ','],
  });
  for (const error of errors) {
    // A file of one column has no delimiter to be found, which is no trouble.
    if (error.type !== 'Delimiter') refuse((error.row ?? 0) + 1, 'csv', error.message);
  }
  const [headings = [], ...lines] = data;
  const properties = headings.map(
    (heading) => columns.find((column) => column.heading.test(heading.trim()))?.property,
  );
  const first = columns[0]?.property ?? '';
  if (!properties.includes(first)) refuse(1, 'headings', `there is no column ${first}`);
  if (lines.length > longest) refuse(longest + 2, 'too-many', `more than ${longest} lines`);

  const read: z.infer<Schema>[] = [];
  if (count > 0) throw refused(broken, count);
  for (const [at, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const line = at + 2;
    if (cells.length > headings.length && cells.slice(headings.length).some((cell) => cell.trim() !== '')) {
      refuse(line, 'cells', `${cells.length} cells under ${headings.length} headings`);
      continue;
    }
    const values: Record<string, string> = {};
    for (const [place, property] of properties.entries()) {
      const cell = cells[place]?.trim() ?? '';
      if (property !== undefined && cell !== '') values[property] ??= cell;
    }
    const parsed = schema.safeParse(values);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const property = String(issue?.path[0] ?? '');
      const code = values[property] === undefined ? 'missing' : 'invalid';
      refuse(line, code, `${property}: ${issue?.message ?? 'not as expected'}`, property);
      continue;
    }
    const trouble = check(parsed.data);
    if (trouble === null) read.push(parsed.data);
    else refuse(line, trouble.code, trouble.detail, trouble.property);
  }
  if (count === 0 && read.length === 0) refuse(1, 'empty', 'nothing but headings');
  if (count > 0) throw refused(broken, count);
  return read;
}

const refused = (errors: ProblemError[], count: number): ProblemException =>
  new ProblemException('import-refused', {
    detail: `${count} lines are broken; nothing was imported`,
    facts: { broken: count },
    errors,
  });
