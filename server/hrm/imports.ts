import { z } from 'zod';
import { ConsentDraft, Employee } from '../../shared/api/hrm.ts';
import { type Column, readCsv } from './csv.ts';

const employeeColumns: readonly Column[] = [
  {
    property: 'reference',
    heading:
      /^(numer|nr|kod|akronim|reference|number|code|id)( pracownika| ewid.*)?$|^(pracownik|employee)[ _]?(id|nr|number)?$/i,
  },
  { property: 'superior', heading: /prze[lł]o[zż]on|superior|manager/i },
  { property: 'businessPhone', heading: /s[lł]u[zż]b|business|work/i },
  { property: 'privatePhone', heading: /pryw|private|personal/i },
  { property: 'smsPhone', heading: /sms/i },
  { property: 'language', heading: /^(j[eę]zyk|language)$/i },
  { property: 'name', heading: /imi[eę]|nazwisk|^name$|full name/i },
];

const EmployeeLine = Employee.extend({
  language: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['pl', 'en']))
    .nullable()
    .default(null),
});

const consentColumns: readonly Column[] = [
  ...employeeColumns.slice(0, 1).map((column) => ({ ...column, property: 'employee' })),
  { property: 'purpose', heading: /^(cel|purpose)$/i },
  { property: 'givenOn', heading: /^(data|date|given)/i },
  { property: 'note', heading: /^(uwagi|note|dokument)/i },
];

const purposes: Readonly<Record<string, string>> = {
  służbowe: 'service',
  sluzbowe: 'service',
  powiadomienia: 'service',
  życzenia: 'occasions',
  zyczenia: 'occasions',
  okazje: 'occasions',
};

const ConsentLine = z.preprocess((line: Record<string, string>) => {
  const { purpose, givenOn } = line;
  // 24.11.2026, as Polish sheets write it.
  const polish = /^(\d\d?)[.-](\d\d?)[.-](\d{4})$/.exec(givenOn ?? '');
  const day = polish === null ? givenOn : `${polish[3]}-${pad(polish[2])}-${pad(polish[1])}`;
  return {
    ...line,
    ...(day === undefined ? {} : { givenOn: day }),
    ...(purpose === undefined ? {} : { purpose: purposes[purpose.toLowerCase()] ?? purpose.toLowerCase() }),
  };
}, ConsentDraft);

const pad = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');

/** @throws {ProblemException} `import-refused` */
export function readEmployeeCsv(csv: string): Employee[] {
  const seen = new Set<string>();
  return readCsv(csv, employeeColumns, EmployeeLine, ({ reference }) => {
    if (seen.has(reference)) {
      return { property: 'reference', code: 'twice', detail: `employee ${reference} stands twice` };
    }
    seen.add(reference);
    return null;
  });
}

/**
 * @param today `2026-11-24`
 * @param knows whether the company has that employee
 * @throws {ProblemException} `import-refused`
 */
export const readConsentCsv = (
  csv: string,
  today: string,
  knows: (employee: string) => boolean,
): ConsentDraft[] =>
  readCsv(csv, consentColumns, ConsentLine, ({ employee, givenOn }) => {
    if (givenOn > today) {
      return { property: 'givenOn', code: 'in-the-future', detail: `${givenOn} is in the future` };
    }
    return knows(employee)
      ? null
      : { property: 'employee', code: 'unknown-employee', detail: `there is no employee ${employee}` };
  });
