import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameState, WarningCode } from '../../shared/api/sender-names.ts';
import {
  checkSenderName,
  isSelectable,
  type Refusal,
  type SenderNameCheck,
} from '../../shared/sender-name/index.ts';
import type { Database } from '../database/database.ts';
import { blockedListOf } from './blocked/store.ts';

/** Who holds a name: the asking organisation itself, whose record can be shown, or another one, of which nothing is said. */
export type Taken =
  | { by: 'organisation'; id: string; state: SenderNameState; selectable: boolean }
  | { by: 'another' };

/** R10b: a name is taken while it is pending or authorised anywhere; one's own draft or deactivated one is one's own. */
export async function takenBy(
  database: Database,
  organisationId: string,
  key: string,
  except = '',
): Promise<Taken | null> {
  const rows = await database.query<{ id: string; organisation_id: string; state: string }>({
    sql: `SELECT id, organisation_id, state FROM sender_names WHERE name_key = ? AND id <> ?
            AND (state IN ('statement-accepted', 'submitted', 'authorised', 'deactivated')
              OR (organisation_id = ? AND state = 'draft'))
          ORDER BY organisation_id = ? DESC LIMIT 1`,
    args: [key, except, organisationId, organisationId],
  });
  const [row] = rows;
  if (row === undefined) return null;
  if (row.organisation_id !== organisationId) return { by: 'another' };
  const state = row.state as SenderNameState;
  return { by: 'organisation', id: row.id, state, selectable: isSelectable(state) };
}

/** R10, R12 with the organisation's imported lists. Whether the name is taken, `takenBy` tells. */
export async function check(
  database: Database,
  organisationId: string,
  name: string,
): Promise<SenderNameCheck> {
  return checkSenderName(name, { blocked: await blockedListOf(database, organisationId) });
}

/**
 * A name that may be asked for, as it would be registered.
 * @throws {ProblemException} `sender-name-refused` with every refusal, `sender-name-taken`, or `sender-name-warned` with
 *   the warnings that were not accepted
 */
export async function requireName(
  database: Database,
  organisationId: string,
  typed: { name: string; acceptedWarnings: readonly WarningCode[] },
  except = '',
): Promise<SenderNameCheck> {
  const checked = await check(database, organisationId, typed.name);
  if (checked.refusals.length > 0) {
    throw new ProblemException('sender-name-refused', {
      errors: checked.refusals.map((refusal) => ({
        path: '/name',
        code: refusal.code,
        detail: detailOf(refusal),
      })),
    });
  }
  const taken = await takenBy(database, organisationId, checked.key, except);
  if (taken !== null) throw takenProblem(taken);
  const open = checked.warnings.filter((warning) => !typed.acceptedWarnings.includes(warning.code));
  if (open.length > 0) {
    throw new ProblemException('sender-name-warned', {
      errors: open.map((warning) => ({ path: '/name', code: warning.code, detail: '' })),
    });
  }
  return checked;
}

export function takenProblem(taken: Taken): ProblemException {
  return taken.by === 'another'
    ? new ProblemException('sender-name-taken', { facts: { by: 'another', id: null, state: null } })
    : new ProblemException('sender-name-taken', {
        detail: 'The name is yours already: select it',
        facts: { by: 'organisation', id: taken.id, state: taken.state },
      });
}

function detailOf(refusal: Refusal): string {
  switch (refusal.code) {
    case 'empty':
      return 'The name is empty';
    case 'too-long':
      return `${refusal.length} characters, at most ${refusal.limit}`;
    case 'character': {
      const shown = refusal.characters.map(({ character, codePoint }) => `${character} (${codePoint})`);
      const instead = refusal.suggestion === undefined ? '' : `; it could be "${refusal.suggestion}"`;
      return `Only A–Z, a–z, 0–9 and spaces, not ${shown.join(', ')}${instead}`;
    }
    case 'blocked':
      return `Reserved: ${refusal.name}`;
  }
}
