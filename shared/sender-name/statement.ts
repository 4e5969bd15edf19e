import { formatNip } from '../checksums/nip.ts';
import { mergeFields } from '../sms-text/merge.ts';
import { headerSafe } from './header.ts';
import { statementEn } from './statement.en.ts';
import { statementPl } from './statement.pl.ts';
import { warsawDay } from './warsaw.ts';

/** Stored with every accepted statement. Change it together with any text of the statement; a test holds the two together. */
export const statementVersion = '2026-01';

export type StatementLanguage = 'pl' | 'en';

/** R19: with a mail account our server sends the statement, without the CRM module the owner's own mail program does. */
export type StatementVariant = 'crm' | 'without-crm';

/** Company name, address and tax number as the company's stamp has them (R15). */
export interface Stamp {
  readonly company: string;
  readonly address: string;
  readonly nip: string;
}

export interface StatementDetails extends Stamp {
  readonly variant: StatementVariant;
  readonly language: StatementLanguage;
  /** The exact sender name. */
  readonly name: string;
  /** Who accepts: first and last name. */
  readonly signatory: string;
  readonly email: string;
  /** When, milliseconds since the epoch; printed as a day in Warsaw. */
  readonly date: number;
}

export interface Statement {
  readonly version: string;
  readonly title: string;
  /** Lines end in \n. */
  readonly text: string;
}

/** The texts of one language; their merge fields are those of shared/sms-text. */
export interface StatementTexts {
  readonly title: string;
  readonly text: Readonly<Record<StatementVariant, string>>;
  readonly subject: string;
  readonly request: string;
  readonly details: string;
}

const texts: Readonly<Record<StatementLanguage, StatementTexts>> = { pl: statementPl, en: statementEn };

/** What stands in a preview where a field is still empty. */
const blank = '________';

/** The owner's statement as it is shown, accepted and stored (R13–R16). Empty fields show as `________`: see `missingStampFields`. */
export function renderStatement(details: StatementDetails): Statement {
  const { title, text } = texts[details.language];
  return { version: statementVersion, title, text: filled(text[details.variant], details) };
}

/** The e-mail to the operator (R17): a person can act on it without any other source. Lines end in \n. */
export function statementMail(details: StatementDetails): { subject: string; body: string } {
  const { subject, request, details: facts } = texts[details.language];
  const { title, text } = renderStatement(details);
  const body = `${filled(request, details)}\n\n${filled(facts, details)}\n\n${title}\n${text}\n`;
  return { subject: headerSafe(filled(subject, details)), body };
}

/** Fields of the stamp to ask for before a statement can be accepted (R15). Whether the NIP is valid: shared/checksums. */
export function missingStampFields(stamp: Partial<Stamp>): (keyof Stamp)[] {
  const fields: (keyof Stamp)[] = ['company', 'address', 'nip'];
  return fields.filter((field) => oneLine(stamp[field] ?? '') === '');
}

function filled(template: string, details: StatementDetails): string {
  const { company, address, nip, name, signatory, email, date } = details;
  const values = {
    company,
    address,
    nip: formatNip(nip),
    name,
    signatory,
    email,
    date: warsawDay(date, details.language),
  };
  const lines = Object.entries(values).map(([field, value]) => [field, oneLine(value) || blank]);
  return mergeFields(template, Object.fromEntries(lines)).text;
}

/** An address typed on several lines is one line in a sentence; nothing else of the value changes. */
function oneLine(value: string): string {
  return value
    .split(/[\r\n]/)
    .map(headerSafe)
    .filter((line) => line !== '')
    .join(', ');
}
