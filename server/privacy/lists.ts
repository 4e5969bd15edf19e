import type { ListChanged, ListedNumber, NumberListName } from '../../shared/api/privacy.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { textable } from '../messages/recipients.ts';

/** Both lists are rows of number, source, time and who recorded it. */
const tables: Record<NumberListName, { table: string; where: string; columns: string; values: string }> = {
  'opt-outs': { table: 'opt_outs', where: '1', columns: '', values: '' },
  'marketing-consents': {
    table: 'consents',
    where: `purpose = 'marketing'`,
    columns: ', purpose',
    values: `, 'marketing'`,
  },
};

const acts: Record<NumberListName, { added: string; removed: string }> = {
  'opt-outs': { added: 'opt-outs.added', removed: 'opt-outs.removed' },
  'marketing-consents': { added: 'marketing-consents.added', removed: 'marketing-consents.removed' },
};

export interface ListPlace {
  at: number;
  number: string;
}

/** Newest first. `before`: the last one of the page before. */
export async function listedBefore(
  database: Database,
  list: NumberListName,
  organisationId: string,
  before: ListPlace | null,
  limit: number,
): Promise<ListedNumber[]> {
  const { table, where } = tables[list];
  const page = before === null ? '' : 'AND (l.at, l.number) < (?, ?)';
  const rows = await database.query({
    sql: `SELECT l.number, l.source, l.at, ${byName} AS by FROM ${table} l ${whoSql}
      WHERE l.organisation_id = ? AND ${where} ${page} ORDER BY l.at DESC, l.number DESC LIMIT ?`,
    args: [organisationId, ...(before === null ? [] : [before.at, before.number]), limit],
  });
  return rows.map(listedOf);
}

/** One number of the list. Statement of a query. */
export function listedStatement(list: NumberListName, organisationId: string, number: string): Statement {
  const { table, where } = tables[list];
  return {
    sql: `SELECT l.number, l.source, l.at, ${byName} AS by FROM ${table} l ${whoSql}
      WHERE l.organisation_id = ? AND ${where} AND l.number = ?`,
    args: [organisationId, number],
  };
}

export const listedOf = (row: Row): ListedNumber => ({
  number: String(row.number),
  source: String(row.source),
  by: String(row.by),
  at: Number(row.at),
});

const byName = 'coalesce(w.name, k.name, l.by)';
const whoSql = 'LEFT JOIN people w ON w.id = l.by LEFT JOIN api_keys k ON k.id = l.by';

/** One that is listed already keeps its source and its time. */
export async function putOnList(
  database: Database,
  list: NumberListName,
  actor: Actor,
  given: { numbers: readonly string[]; source: string },
  now: number,
): Promise<ListChanged> {
  const { numbers, refused } = read(given.numbers);
  if (numbers.length === 0) return { changed: 0, refused };
  const [put] = await database.batch([
    putStatement(
      list,
      { organisationId: actor.organisationId, numbers, source: given.source, by: actor.id },
      now,
    ),
    auditRecord(actor, acts[list].added, actor.organisationId, { numbers: numbers.length }, now),
  ]);
  return { changed: put?.changes ?? 0, refused };
}

export function putStatement(
  list: NumberListName,
  put: { organisationId: string; numbers: readonly string[]; source: string; by: string },
  now: number,
): Statement {
  const { table, columns, values } = tables[list];
  return {
    sql: `INSERT INTO ${table} (organisation_id, number, source, at, by${columns})
      SELECT ?, n.value, ?, ?, ?${values} FROM json_each(?) n WHERE true ON CONFLICT DO NOTHING`,
    args: [put.organisationId, put.source, now, put.by, JSON.stringify(put.numbers)],
  };
}

export async function takeOffList(
  database: Database,
  list: NumberListName,
  actor: Actor,
  given: readonly string[],
  now: number,
): Promise<ListChanged> {
  const { numbers, refused } = read(given);
  if (numbers.length === 0) return { changed: 0, refused };
  const { table, where } = tables[list];
  const [taken] = await database.batch([
    {
      sql: `DELETE FROM ${table} WHERE organisation_id = ? AND ${where}
        AND number IN (SELECT value FROM json_each(?))`,
      args: [actor.organisationId, JSON.stringify(numbers)],
    },
    auditRecord(actor, acts[list].removed, actor.organisationId, { numbers: numbers.length }, now),
  ]);
  return { changed: taken?.changes ?? 0, refused };
}

/** E.164, each once, and what is no number that gets texts. */
function read(given: readonly string[]): { numbers: string[]; refused: ListChanged['refused'] } {
  const numbers = new Set<string>();
  const refused: ListChanged['refused'] = [];
  for (const [index, text] of given.entries()) {
    const number = textable(text);
    if ('e164' in number) numbers.add(number.e164);
    else refused.push({ index, reason: number.reason });
  }
  return { numbers: [...numbers], refused };
}
