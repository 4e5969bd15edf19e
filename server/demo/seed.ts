import type { Role } from '../../shared/api/session.ts';
import { senderNameKey } from '../../shared/sender-name/key.ts';
import type { Database, Statement } from '../database/database.ts';
import { UniqueViolation } from '../database/database.ts';
import type { Clock, Platform } from '../platform/platform.ts';

/** Fixed, so that two processes that start at once make one demo. */
export const demo = {
  organisation: 'org_demo',
  companies: { nowak: 'com_demo_nowak', serwis: 'com_demo_serwis' },
  people: {
    administrator: { id: 'per_demo_administrator', email: 'demo@nadpis.example' },
    sender: { id: 'per_demo_sender', email: 'handel@nadpis.example' },
    hr: { id: 'per_demo_hr', email: 'kadry@nadpis.example' },
  },
  senderName: { id: 'snd_demo', name: 'Firma Nowak' },
  parts: 1000,
} as const;

/**
 * The demo organisation, for a sandbox whose database has no organisation yet.
 * @returns whether it was made
 */
export async function seedDemo(platform: Pick<Platform, 'database' | 'clock' | 'sandbox'>): Promise<boolean> {
  if (!platform.sandbox || !(await isEmpty(platform.database))) return false;
  try {
    await platform.database.batch(demoStatements(platform.clock));
    return true;
  } catch (error) {
    // Another process made it meanwhile.
    if (error instanceof UniqueViolation) return false;
    throw error;
  }
}

async function isEmpty(database: Database): Promise<boolean> {
  return (await database.query({ sql: 'SELECT 1 FROM organisations LIMIT 1' })).length === 0;
}

function demoStatements(clock: Clock): Statement[] {
  const now = clock.now();
  const { organisation, companies, people, senderName } = demo;
  const { administrator } = people;
  return [
    {
      sql: 'INSERT INTO organisations (id, name, has_crm, created_at) VALUES (?, ?, 1, ?)',
      args: [organisation, 'Grupa Nowak', now],
    },
    // Its mails are caught, whatever stands here.
    {
      sql: `INSERT INTO mail_accounts (organisation_id, host, port, user, password_sealed, address, changed_at)
            VALUES (?, 'localhost', 587, '', '', 'biuro@nadpis.example', ?)`,
      args: [organisation, now],
    },
    company(companies.nowak, 'Nowak i Synowie', {
      name: 'Nowak i Synowie sp. z o.o.',
      address: 'ul. Długa 5, 31-147 Kraków',
      nip: '8567346215',
    }),
    company(companies.serwis, 'Nowak Serwis', {
      name: 'Nowak Serwis sp. z o.o.',
      address: 'ul. Krótka 7, 31-149 Kraków',
      nip: '1234563218',
    }),
    person(administrator, 'Anna Nowak', ['administrator']),
    person(people.sender, 'Piotr Wiśniewski', ['sender']),
    person(people.hr, 'Ewa Kadrowa', ['hr']),
    {
      sql: 'INSERT INTO person_companies (person_id, company_id) VALUES (?, ?), (?, ?), (?, ?)',
      args: [
        people.sender.id,
        companies.nowak,
        people.sender.id,
        companies.serwis,
        people.hr.id,
        companies.nowak,
      ],
    },
    {
      sql: `INSERT INTO sender_names
              (id, organisation_id, name, name_key, state, state_since, statement_accepted_at, created_by, created_at)
            VALUES (?, ?, ?, ?, 'authorised', ?, ?, ?, ?)`,
      args: [
        senderName.id,
        organisation,
        senderName.name,
        senderNameKey(senderName.name),
        now,
        now,
        administrator.id,
        now,
      ],
    },
    {
      sql: `INSERT INTO sender_name_history (sender_name_id, state, cause, by, note, at)
            VALUES (?, 'authorised', 'operator', 'sandbox', 'demo', ?)`,
      args: [senderName.id, now],
    },
    {
      sql: 'UPDATE organisations SET program_sender_name_id = ? WHERE id = ?',
      args: [senderName.id, organisation],
    },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, note, by, at) VALUES (?, 'purchase', ?, 'demo', ?, ?)`,
      args: [organisation, demo.parts, administrator.id, now],
    },
    template(
      'tpl_demo_visit',
      'Przypomnienie o wizycie',
      'Dzień dobry {Imię|Kliencie}, przypominamy o wizycie {Data}.',
    ),
    template(
      'tpl_demo_payment',
      'Termin płatności',
      'Faktura {Numer} na {Kwota} ma termin {Termin}. Dziękujemy.',
    ),
    {
      sql: `INSERT INTO audit (organisation_id, by, act, subject, at) VALUES (?, 'sandbox', 'demo.made', ?, ?)`,
      args: [organisation, organisation, now],
    },
  ];

  function company(
    id: string,
    name: string,
    stamp: { name: string; address: string; nip: string },
  ): Statement {
    return {
      sql: `INSERT INTO companies (id, organisation_id, name, stamp_name, stamp_address, stamp_nip, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      args: [id, organisation, name, stamp.name, stamp.address, stamp.nip, now],
    };
  }

  function person(who: { id: string; email: string }, name: string, roles: Role[]): Statement {
    return {
      sql: 'INSERT INTO people (id, organisation_id, email, name, roles, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      args: [who.id, organisation, who.email, name, JSON.stringify(roles), now],
    };
  }

  function template(id: string, name: string, text: string): Statement {
    return {
      sql: 'INSERT INTO templates (id, organisation_id, name, text, changed_at) VALUES (?, ?, ?, ?, ?)',
      args: [id, organisation, name, text, now],
    };
  }
}
