import { formatNip } from '../../shared/checksums/index.ts';
import type { StatementRecord } from './name-store.ts';

/** What stands on the page and in the PDF alike, beside the text itself. */
export interface PrintedStatement {
  language: 'pl' | 'en';
  title: string;
  /** What it is about, for who looks it through: label and value. */
  facts: [label: string, value: string][];
  /** Paragraphs in order. */
  paragraphs: string[];
  /** Lines under the text: when it was accepted, by whom, in which version. */
  footer: string[];
  signature: string;
}

const words = {
  pl: {
    facts: ['Nazwa nadawcy', 'Firma', 'Adres', 'NIP'],
    accepted: 'Zaakceptowano elektronicznie',
    version: 'wersja tekstu',
    by: 'Kto zaakceptował',
    signature: 'Data i podpis (gdy operator wymaga podpisanego skanu)',
  },
  en: {
    facts: ['Sender name', 'Company', 'Address', 'NIP'],
    accepted: 'Accepted electronically',
    version: 'version of the text',
    by: 'Accepted by',
    signature: 'Date and signature (where the operator asks for a signed scan)',
  },
} as const;

const timeOf = (at: number, language: 'pl' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'pl' ? 'pl-PL' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'Europe/Warsaw',
  }).format(at);

export function printed(statement: StatementRecord): PrintedStatement {
  const { language } = statement;
  const { facts, accepted, version, by, signature } = words[language];
  const values = [statement.name, statement.company, statement.address, formatNip(statement.nip)];
  return {
    language,
    title: statement.title,
    facts: facts.map((label, at): [string, string] => [label, values[at] ?? '']),
    paragraphs: statement.text.split('\n').filter((line) => line !== ''),
    footer: [
      `${accepted}: ${timeOf(statement.acceptedAt, language)} (Europe/Warsaw)`,
      `${by}: ${statement.acceptedBy}, ${statement.email}`,
      `${statement.id}, ${version} ${statement.version}`,
    ],
    signature,
  };
}

/** What the page may do: show itself. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** The accepted statement as a page to print; one file, nothing is loaded. */
export function statementPage(statement: StatementRecord): string {
  const { language, title, facts, paragraphs, footer, signature } = printed(statement);
  const lines = (texts: readonly string[], tag: string) =>
    texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 12pt/1.5 system-ui, sans-serif; max-width: 17cm; margin: 2cm auto; padding: 0 1cm; color: #111; background: #fff }
h1 { font-size: 16pt; line-height: 1.25; margin: 0 0 1cm; text-wrap: balance }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15cm .6cm; margin: 0 0 .8cm; padding: .4cm 0; border: solid #bbb; border-width: 1px 0 }
dt { color: #555 }
dd { margin: 0; overflow-wrap: anywhere }
.name { font-weight: bold }
footer { margin-top: 1.5cm; font-size: 9pt; color: #444 }
footer p { margin: .1cm 0 }
.signature { margin-top: 3cm; border-top: 1px solid #111; width: 10cm; padding-top: .2cm; font-size: 9pt }
@page { margin: 2cm }
@media print { body { margin: 0; padding: 0 } }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<dl>
${facts.map(([label, value], at) => `<dt>${escaped(label)}</dt><dd${at === 0 ? ' class="name"' : ''}>${escaped(value)}</dd>`).join('\n')}
</dl>
${lines(paragraphs, 'p')}
<p class="signature">${escaped(signature)}</p>
</main>
<footer>
${lines(footer, 'p')}
</footer>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
