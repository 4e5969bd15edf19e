import { and, asc, eq, gt } from 'drizzle-orm';
import type { Template } from '../../shared/api/templates.ts';
import type { Database, Statement } from '../database/database.ts';
import { templates } from '../database/schema.ts';
import { typed } from '../database/typed.ts';

export type TemplateRecord = typeof templates.$inferSelect;

export const templateOf = (record: TemplateRecord): Template => ({
  id: record.id,
  name: record.name,
  text: record.text,
  changedAt: record.changedAt,
});

export const templatesAfter = (database: Database, organisationId: string, name: string, limit: number) =>
  typed(database)
    .select()
    .from(templates)
    .where(and(eq(templates.organisationId, organisationId), gt(templates.name, name)))
    .orderBy(asc(templates.name))
    .limit(limit);

export const templateById = (
  database: Database,
  organisationId: string,
  id: string,
): Promise<TemplateRecord | undefined> =>
  typed(database)
    .select()
    .from(templates)
    .where(and(eq(templates.id, id), eq(templates.organisationId, organisationId)))
    .get();

/** Changes the template while it is still of that version. */
export function templateUpdate(
  record: TemplateRecord,
  change: { name: string; text: string },
  now: number,
): Statement {
  return {
    sql: `UPDATE templates SET name = ?, text = ?, changed_at = ?, version = version + 1
          WHERE id = ? AND organisation_id = ? AND version = ?`,
    args: [change.name, change.text, now, record.id, record.organisationId, record.version],
  };
}
