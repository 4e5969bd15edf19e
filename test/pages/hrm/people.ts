/** The staff of the small HRM application: made up, and as uneven as registers of people are. */
export interface Employee {
  /** Its number, as HRM applications write it. */
  reference: string;
  firstName: string;
  lastName: string;
  department: string;
  businessPhone: string;
  privatePhone: string;
  /** The one that the employee has named for texts. */
  smsPhone: string;
  consent: boolean;
}

export const employees: readonly Employee[] = [
  {
    reference: '001/E/2026',
    firstName: 'Anna',
    lastName: 'Łoś-Ćwik',
    department: 'Magazyn',
    businessPhone: '601 140 271',
    privatePhone: '502 250 381',
    smsPhone: '',
    consent: false,
  },
  {
    reference: '002/E/2026',
    firstName: 'Piotr',
    lastName: 'Kamiński',
    department: 'Magazyn',
    businessPhone: '',
    privatePhone: '502 250 382',
    smsPhone: '',
    consent: false,
  },
  {
    reference: '003/E/2026',
    firstName: 'Żaneta',
    lastName: 'Wójcik',
    department: 'Produkcja',
    businessPhone: '',
    privatePhone: '+48 502-250-383',
    smsPhone: '',
    consent: true,
  },
  {
    reference: '004/E/2026',
    firstName: 'Marek',
    lastName: 'Zając',
    department: 'Biuro',
    businessPhone: '12 630 00 04',
    privatePhone: '',
    smsPhone: '',
    consent: false,
  },
  {
    reference: '005/E/2026',
    firstName: 'Ewa',
    lastName: 'Jabłońska',
    department: 'Biuro',
    businessPhone: '601140275',
    privatePhone: '502 250 385',
    smsPhone: '601 140 275',
    consent: true,
  },
  {
    reference: '006/E/2026',
    firstName: 'Józef',
    lastName: 'Sikora',
    department: 'Produkcja',
    businessPhone: '',
    privatePhone: '',
    smsPhone: '',
    consent: false,
  },
];

export interface Absence {
  employee: Employee;
  kind: string;
  from: string;
  to: string;
  days: number;
  state: string;
}

const absence = (at: number, rest: Omit<Absence, 'employee'>): Absence => {
  const employee = employees[at];
  if (employee === undefined) throw new Error(`There is no employee ${at}`);
  return { employee, ...rest };
};

export const absences: readonly Absence[] = [
  absence(0, {
    kind: 'Urlop wypoczynkowy',
    from: '2026-12-01',
    to: '2026-12-04',
    days: 4,
    state: 'Zatwierdzony',
  }),
  absence(1, {
    kind: 'Urlop na żądanie',
    from: '2026-11-30',
    to: '2026-11-30',
    days: 1,
    state: 'Do decyzji',
  }),
  absence(4, {
    kind: 'Urlop wypoczynkowy',
    from: '2026-12-21',
    to: '2026-12-31',
    days: 7,
    state: 'Do decyzji',
  }),
];
