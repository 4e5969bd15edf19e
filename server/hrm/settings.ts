import { and, eq } from 'drizzle-orm';
import type { HrmCompanyEvent, HrmSettings } from '../../shared/api/hrm.ts';
import {
  fieldsOf,
  type HrmEventId,
  type HrmLanguage,
  hrmEventIds,
  hrmEventOf,
} from '../../shared/hrm/events.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord, type Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { hrmEvents, hrmSettings } from '../database/schema-hrm.ts';
import { typed } from '../database/typed.ts';
import { stopWaiting } from './settling.ts';

/** How a company begins. */
export const firstSettings: HrmSettings = {
  numberSources: ['sms', 'business', 'private'],
  unknownNumbers: 'business',
  fullNames: false,
  language: 'pl',
  digestMinutes: 0,
};

export interface Versioned<Value> {
  value: Value;
  /** 0: as it began, nothing is stored. */
  version: number;
}

export async function settingsOf(database: Database, companyId: string): Promise<Versioned<HrmSettings>> {
  const row = await typed(database)
    .select()
    .from(hrmSettings)
    .where(eq(hrmSettings.companyId, companyId))
    .get();
  if (row === undefined) return { value: firstSettings, version: 0 };
  return {
    value: {
      numberSources: row.numberSources,
      unknownNumbers: row.unknownNumbers === 'private' ? 'private' : 'business',
      fullNames: row.fullNames,
      language: row.language === 'en' ? 'en' : 'pl',
      digestMinutes: row.digestMinutes,
    },
    version: row.version,
  };
}

/** The change and its record; the second result tells whether it happened. */
export function settingsChange(
  actor: Actor,
  companyId: string,
  version: number,
  after: HrmSettings,
  now: number,
): Statement[] {
  const guard = stillThatVersion('hrm_settings', 'company_id = ?', [companyId], version);
  return [
    auditRecord(actor, 'hrm.settings-changed', companyId, { ...after }, now, guard),
    {
      sql: `INSERT INTO hrm_settings
          (company_id, number_sources, unknown_numbers, full_names, language, digest_minutes, version)
        SELECT ?, ?, ?, ?, ?, ?, ? WHERE ${guard.sql}
        ON CONFLICT (company_id) DO UPDATE SET number_sources = excluded.number_sources,
          unknown_numbers = excluded.unknown_numbers, full_names = excluded.full_names,
          language = excluded.language, digest_minutes = excluded.digest_minutes, version = excluded.version`,
      args: [
        companyId,
        JSON.stringify(after.numberSources),
        after.unknownNumbers,
        after.fullNames ? 1 : 0,
        after.language,
        after.digestMinutes,
        version + 1,
        ...guard.args,
      ],
    },
  ];
}

type EventRow = typeof hrmEvents.$inferSelect;

/** All events of the catalogue as the company uses them. */
export async function eventsOf(database: Database, companyId: string): Promise<HrmCompanyEvent[]> {
  const rows = await typed(database).select().from(hrmEvents).where(eq(hrmEvents.companyId, companyId));
  const byEvent = new Map(rows.map((row) => [row.event, row]));
  return hrmEventIds.map((event) => companyEvent(event, byEvent.get(event)));
}

export async function eventOf(
  database: Database,
  companyId: string,
  event: HrmEventId,
): Promise<HrmCompanyEvent> {
  const row = await typed(database)
    .select()
    .from(hrmEvents)
    .where(and(eq(hrmEvents.companyId, companyId), eq(hrmEvents.event, event)))
    .get();
  return companyEvent(event, row);
}

function companyEvent(event: HrmEventId, row: EventRow | undefined): HrmCompanyEvent {
  const { direction, purpose, secret, name, text } = hrmEventOf(event);
  return {
    event,
    names: { ...name },
    direction,
    purpose,
    secret,
    enabled: row?.enabled ?? true,
    templates: { pl: row?.textPl ?? text.pl, en: row?.textEn ?? text.en },
    own: { pl: (row?.textPl ?? null) !== null, en: (row?.textEn ?? null) !== null },
    fields: fieldsOf(event).map(({ id, pl, en }) => ({ id, pl, en })),
    version: row?.version ?? 0,
  };
}

/** @param own the company's own templates; null: the catalogue's */
export function eventChange(
  actor: Actor,
  companyId: string,
  before: HrmCompanyEvent,
  after: { enabled: boolean; own: Record<HrmLanguage, string | null> },
  now: number,
): Statement[] {
  const { event, version } = before;
  const guard = stillThatVersion('hrm_events', 'company_id = ? AND event = ?', [companyId, event], version);
  const changed = { ...guard, args: [companyId, event, version + 1] };
  return [
    auditRecord(
      actor,
      'hrm.event-changed',
      companyId,
      { event, enabled: after.enabled, ...after.own },
      now,
      guard,
    ),
    {
      sql: `INSERT INTO hrm_events (company_id, event, enabled, text_pl, text_en, version)
        SELECT ?, ?, ?, ?, ?, ? WHERE ${guard.sql}
        ON CONFLICT (company_id, event) DO UPDATE SET enabled = excluded.enabled, text_pl = excluded.text_pl,
          text_en = excluded.text_en, version = excluded.version`,
      args: [companyId, event, after.enabled ? 1 : 0, after.own.pl, after.own.en, version + 1, ...guard.args],
    },
    ...(before.enabled && !after.enabled
      ? [stopWaiting(companyId, 'hrm-event-off', now, { event, guard: changed })]
      : []),
  ];
}

/** Version 0 is that of a row that is not there yet. */
function stillThatVersion(table: string, where: string, args: string[], version: number): Guard {
  return {
    sql: `coalesce((SELECT version FROM ${table} WHERE ${where}), 0) = ?`,
    args: [...args, version],
  };
}
