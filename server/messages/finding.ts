import {
  type FoundMessage,
  fewestDigits,
  type MessageSearch,
  type MessageState,
} from '../../shared/api/messages.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { checkNumber } from '../../shared/phone/check.ts';
import type { Actor } from '../access/actor.ts';
import { maySeeNumbers } from '../access/rules.ts';
import { invalidField } from '../api/problem-answers.ts';
import type { Reads, Row, Statement, Value } from '../database/database.ts';
import { namePatterns } from './name-pattern.ts';
import { messageColumns, messageOf, ofCompanies } from './reading.ts';

/**
 * Rows looked at for one page: some 50 ms, for on Node nothing else is answered meanwhile. Comparing a name takes longer than
 * comparing a number.
 */
const quickly = 100_000;
const slowly = 15_000;
/**
 * Ids of messages grow with the time of acceptance, as far as servers' clocks agree: where a time is to become an id, so
 * many batches around it are looked at.
 */
const near = 1000;

export interface Found {
  rows: { id: number; message: FoundMessage }[];
  /** The look ended there, before a page was full, and not at the last message. Null: it came to the end, or the page is full. */
  on: { id: number; lookedBackTo: number } | null;
}

/**
 * Messages of all batches of the companies that the actor may use, newest first: one round trip. There is no index over
 * numbers and names, for every send would pay for it (docs/decisions/0015); so messages are looked through by their ids, so
 * many for a page, and the answer says how far that went.
 *
 * @param before id of the last message that was looked at
 * @throws {ProblemException} `invalid-request`, or `forbidden` for a part of a number that the actor sees masked
 */
export async function findMessages(
  database: Reads,
  actor: Actor,
  search: Omit<MessageSearch, 'cursor'>,
  before: number | null,
): Promise<Found> {
  const limit = search.limit + 1;
  const wanted = conditionsOf(actor, search);
  const span = spanOf(actor.organisationId, search, before, wanted.isSlow ? slowly : quickly);
  const [rows = [], [end] = []] = await database.queries([
    {
      sql: `${span.sql}
        SELECT ${messageColumns}, b.company_id, b.origin, b.sender_name, b.created_at
        FROM messages m CROSS JOIN batches b ON b.id = m.batch_id
        WHERE m.id <= (SELECT top FROM span) AND m.id > (SELECT bottom FROM span) AND ${wanted.sql}
        ORDER BY m.id DESC LIMIT ?`,
      args: [...(span.args ?? []), ...wanted.args, limit],
    },
    {
      sql: `${span.sql}
        SELECT s.bottom, s.least, b.created_at FROM span s
        CROSS JOIN messages m ON m.id = (SELECT min(id) FROM messages WHERE id > s.bottom)
        CROSS JOIN batches b ON b.id = m.batch_id`,
      args: span.args ?? [],
    },
  ]);
  const isOver = rows.length === limit || end === undefined || Number(end.bottom) < Number(end.least);
  return {
    rows: rows.map((row) => ({ id: Number(row.id), message: foundOf(row, actor) })),
    on: isOver ? null : { id: Number(end.bottom) + 1, lookedBackTo: Number(end.created_at) },
  };
}

/** Ids to look at: `top`, and `bottom` that is looked at no more. `least`: the first that can be the organisation's. */
function spanOf(
  organisationId: string,
  { from, until }: Pick<MessageSearch, 'from' | 'until'>,
  before: number | null,
  most: number,
): Statement {
  const nearest = (end: 'max' | 'min', condition: string, order: string): string => `
    SELECT ${end}((SELECT ${end}(id) FROM messages WHERE batch_id = n.id)) FROM (
      SELECT id FROM batches WHERE organisation_id = ? AND created_at ${condition} ORDER BY created_at ${order} LIMIT ${near}) n`;
  return {
    sql: `WITH ends AS MATERIALIZED (
      SELECT min(?, (${nearest('max', '< ?', 'DESC')})) AS top, (${nearest('min', '>= ?', '')}) AS least
    ), span AS MATERIALIZED (SELECT top, least, max(least - 1, top - ?) AS bottom FROM ends)`,
    args: [
      before === null ? Number.MAX_SAFE_INTEGER : before - 1,
      organisationId,
      until ?? Number.MAX_SAFE_INTEGER,
      organisationId,
      from ?? 0,
      most,
    ],
  };
}

interface Conditions {
  sql: string;
  args: Value[];
  isSlow: boolean;
}

/** What is compared fastest and holds most seldom comes first. */
function conditionsOf(actor: Actor, search: Omit<MessageSearch, 'cursor'>): Conditions {
  const { number, state, name, company, origin, from, until } = search;
  const conditions = ['m.organisation_id = ?'];
  const args: Value[] = [actor.organisationId];
  const only = (condition: string, ...values: Value[]): void => {
    conditions.push(condition);
    args.push(...values);
  };
  const states: MessageState[] | undefined = state === undefined || Array.isArray(state) ? state : [state];
  if (number !== undefined) numberCondition(actor, number, only);
  if (states !== undefined && states.length > 0) {
    only('m.state IN (SELECT value FROM json_each(?))', JSON.stringify(states));
  }
  for (const { like, glob } of namePatterns(name ?? '')) {
    only(
      '(m.recipient_name LIKE ? AND m.recipient_name GLOB ? OR m.reference LIKE ? AND m.reference GLOB ?)',
      like,
      glob,
      like,
      glob,
    );
  }
  if (company !== undefined) only('b.company_id = ?', company);
  if (origin !== undefined) only('b.origin = ?', origin);
  if (from !== undefined) only('b.created_at >= ?', from);
  if (until !== undefined) only('b.created_at < ?', until);
  const companies = ofCompanies(actor);
  return {
    sql: `${conditions.join(' AND ')} ${companies.sql}`,
    args: [...args, ...companies.args],
    isSlow: number === undefined && (states === undefined || name !== undefined),
  };
}

function numberCondition(
  actor: Actor,
  number: string,
  only: (condition: string, ...values: Value[]) => void,
): void {
  const { e164 } = checkNumber(number);
  if (e164 !== '') {
    only('m.number = ?', e164);
    return;
  }
  const parts = partsOf(number);
  if (parts.length === 0) {
    throw invalidField('/number', 'invalid_number', `A number, or at least ${fewestDigits} digits of one`);
  }
  // Who could ask for parts would soon know what is masked.
  if (!maySeeNumbers(actor)) {
    throw new ProblemException('forbidden', {
      detail: 'Numbers are masked here: they are found by the whole number alone',
    });
  }
  only(`(${parts.map(() => 'instr(m.number, ?) > 0').join(' OR ')})`, ...parts);
}

/** What the digits may be in E.164: as they stand, or behind the zeros that people dial first. */
function partsOf(number: string): string[] {
  const digits = number.replace(/\D/g, '');
  if (digits.length < fewestDigits || /\p{L}/u.test(number)) return [];
  if (number.startsWith('+')) return [`+${digits}`];
  const [, zeros = '', rest = ''] = /^(00?)([1-9]\d{2,})$/.exec(digits) ?? [];
  return zeros === '' ? [digits] : [digits, zeros === '00' ? `+${rest}` : rest];
}

const foundOf = (row: Row, actor: Actor): FoundMessage => ({
  ...messageOf(row, actor),
  companyId: String(row.company_id),
  origin: row.origin === 'hrm' ? 'hrm' : 'crm',
  senderName: String(row.sender_name),
  createdAt: Number(row.created_at),
});
