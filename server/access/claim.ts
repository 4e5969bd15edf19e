import type { Context } from 'hono';
import type { Database, Reads, Row, Statement } from '../database/database.ts';
import type { Found, WhoAsks } from '../session/store.ts';
import { type Actor, type AppEnv, actorOf } from './actor.ts';

/**
 * Who asks, as this process remembers it of an earlier request with the same token. It is proof of nothing: it lets a
 * request read what it is for in the same round trip as who asks, which is looked up all the same.
 */
export class Claim {
  /** Whom the token belonged to. */
  readonly supposed: Actor;
  private readonly asks: WhoAsks;
  private readonly settle: (found: Found | null) => Actor;
  private outcome: 'open' | 'held' | 'refused' = 'open';

  /** @param settle told what was found; @throws {ProblemException} 401 for nobody */
  constructor(supposed: Actor, asks: WhoAsks, settle: (found: Found | null) => Actor) {
    this.supposed = supposed;
    this.asks = asks;
    this.settle = settle;
  }

  /** Has a read found that it is who it was, with the same rights? */
  get held(): boolean {
    return this.outcome === 'held';
  }

  /** Whether it has been looked up who asks, whatever came of it. */
  get settled(): boolean {
    return this.outcome !== 'open';
  }

  /** Looks up who asks, by itself. @throws {ProblemException} 401 for nobody */
  async lookUp(database: Reads): Promise<void> {
    this.take(await database.query(this.asks.statement));
  }

  /**
   * Reads of which the first also finds out who asks, and gives nothing unless it is who was supposed; later ones wait
   * for it. The database sees both at the same moment, so a right that ends between them is no more a gap.
   */
  reads(database: Reads): Reads {
    let first: Promise<void> | null = null;
    const queries = async (statements: readonly Statement[]): Promise<Row[][]> => {
      if (first !== null) {
        await first;
        return database.queries(statements);
      }
      const read = database.queries([this.asks.statement, ...statements]);
      first = read.then(([rows = []]) => {
        this.take(rows);
        if (!this.held) throw new NotAsSupposed();
      });
      await first;
      return (await read).slice(1);
    };
    return {
      queries,
      query: async <T extends Row = Row>(statement: Statement) =>
        ((await queries([statement]))[0] ?? []) as T[],
    };
  }

  private take(rows: readonly Row[]): void {
    this.outcome = 'refused';
    const actor = this.settle(this.asks.read(rows));
    if (rightsOf(actor) === rightsOf(this.supposed)) this.outcome = 'held';
  }
}

class NotAsSupposed extends Error {}

/** All that a route may decide by. */
const rightsOf = ({ kind, id, organisationId, roles, scopes, companies, session }: Actor): string =>
  JSON.stringify([
    kind,
    id,
    organisationId,
    roles,
    scopes,
    companies === null ? null : [...companies].sort(),
    session?.id,
  ]);

/**
 * Does the work of a route for whoever asks. Where that is only supposed so far, the work's first read finds it out, in
 * the same round trip; if it was somebody else, or had other rights, what was read is thrown away and the work is done
 * anew for the one who asks. Nothing leaves before it is known.
 *
 * @param work writes nothing before it has read something by the `reads` that it is given
 * @throws {ProblemException} 401 for nobody, and what the work throws
 */
export async function asWhoAsks<Result>(
  c: Context<AppEnv>,
  database: Database,
  work: (actor: Actor, reads: Reads) => Promise<Result>,
): Promise<Result> {
  const claim = c.get('claim');
  if (claim === undefined || claim.settled) return work(actorOf(c), database);
  try {
    const result = await work(claim.supposed, claim.reads(database));
    if (claim.held) return result;
  } catch (error) {
    // It failed for the one who asks, or nobody does.
    if (claim.held || (claim.settled && c.get('actor') === undefined)) throw error;
  }
  // Refused to whoever was supposed before anything was read, or nothing was; or it is somebody else.
  if (!claim.settled) await claim.lookUp(database);
  return work(actorOf(c), database);
}
