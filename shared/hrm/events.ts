/** Who is told of an event: the employee whom it is about, or that employee's superior. */
export type HrmDirection = 'employee' | 'superior';

/** What a consent to texts on a private number is for: matters of work, or wishes. */
export const hrmConsentPurposes = ['service', 'occasions'] as const;
export type HrmConsentPurpose = (typeof hrmConsentPurposes)[number];

export const hrmLanguages = ['pl', 'en'] as const;
export type HrmLanguage = (typeof hrmLanguages)[number];

/** What the HRM application may fill in; its names in templates are those of the template's language. */
export interface HrmField {
  /** As in a notification's `fields`. */
  id: string;
  pl: string;
  en: string;
  /** What a preview says in its place. */
  sample: Readonly<Record<HrmLanguage, string>>;
}

export interface HrmEvent {
  direction: HrmDirection;
  purpose: HrmConsentPurpose;
  /** Beside `employee`, the name of the person whom it is about, which every event has. */
  fields: readonly HrmField[];
  /** Its text is for the recipient alone: it goes out by itself, and no report shows it. */
  secret: boolean;
  name: Readonly<Record<HrmLanguage, string>>;
  /** The first template of each company. Of absences it says that there is one and nothing of its reason (domain §7). */
  text: Readonly<Record<HrmLanguage, string>>;
}

const field = (id: string, pl: string, en: string, samplePl: string, sampleEn = samplePl): HrmField => ({
  id,
  pl,
  en,
  sample: { pl: samplePl, en: sampleEn },
});

/** The person whom an event is about: initials, where the company does not permit full names. */
export const employeeField = field('employee', 'Pracownik', 'Employee', 'Anna Nowak');
const from = field('from', 'Od', 'From', '2026-12-01');
const to = field('to', 'Do', 'To', '2026-12-04');
const day = field('day', 'Dzień', 'Day', '2026-12-01');
const kind = field('kind', 'Rodzaj', 'Kind', 'urlop', 'leave');
const place = field('place', 'Miejsce', 'Place', 'Kraków');
const month = field('month', 'Miesiąc', 'Month', '11/2026');
const title = field('title', 'Tytuł', 'Title', 'BHP', 'Safety at work');
const document = field('document', 'Dokument', 'Document', 'aneks', 'annex');
const password = field('password', 'Hasło', 'Password', 'q7-Lmn4');
const login = field('login', 'Login', 'Login', 'anowak');

const absence = [from, to, kind];

/** The catalogue: what an HRM application can tell people of. */
export const hrmEvents = {
  'absence-requested': {
    direction: 'superior',
    purpose: 'service',
    fields: absence,
    secret: false,
    name: { pl: 'Wniosek o nieobecność', en: 'Absence requested' },
    text: {
      pl: 'Wniosek pracownika {Pracownik} czeka na decyzję w HRM.',
      en: 'A request of {Employee} awaits your decision in HRM.',
    },
  },
  'absence-approved': {
    direction: 'employee',
    purpose: 'service',
    fields: absence,
    secret: false,
    name: { pl: 'Nieobecność zatwierdzona', en: 'Absence approved' },
    text: { pl: 'Wniosek {Pracownik} został zatwierdzony.', en: 'The request of {Employee} was approved.' },
  },
  'absence-rejected': {
    direction: 'employee',
    purpose: 'service',
    fields: absence,
    secret: false,
    name: { pl: 'Nieobecność odrzucona', en: 'Absence rejected' },
    text: {
      pl: 'Wniosek {Pracownik} został odrzucony. Szczegóły w HRM.',
      en: 'The request of {Employee} was rejected. See HRM for details.',
    },
  },
  'absence-deleted': {
    direction: 'superior',
    purpose: 'service',
    fields: absence,
    secret: false,
    name: { pl: 'Nieobecność usunięta', en: 'Absence deleted' },
    text: {
      pl: 'Wniosek pracownika {Pracownik} został wycofany.',
      en: 'A request of {Employee} was taken back.',
    },
  },
  delegation: {
    direction: 'employee',
    purpose: 'service',
    fields: [from, to, place],
    secret: false,
    name: { pl: 'Delegacja', en: 'Business trip' },
    text: {
      pl: '{Pracownik}: w HRM jest nowa delegacja od {Od} do {Do}.',
      en: '{Employee}: a business trip from {From} to {To} is in HRM.',
    },
  },
  training: {
    direction: 'employee',
    purpose: 'service',
    fields: [day, title, place],
    secret: false,
    name: { pl: 'Szkolenie', en: 'Training' },
    text: {
      pl: '{Pracownik}: szkolenie {Tytuł|} w dniu {Dzień}.',
      en: '{Employee}: training {Title|} on {Day}.',
    },
  },
  'schedule-changed': {
    direction: 'employee',
    purpose: 'service',
    fields: [day, from, to],
    secret: false,
    name: { pl: 'Zmiana grafiku', en: 'Schedule changed' },
    text: {
      pl: '{Pracownik}: grafik na {Dzień} został zmieniony. Sprawdź w HRM.',
      en: '{Employee}: the schedule of {Day} has changed. See HRM.',
    },
  },
  'payslip-ready': {
    direction: 'employee',
    purpose: 'service',
    fields: [month],
    secret: false,
    name: { pl: 'Pasek wynagrodzenia', en: 'Payslip ready' },
    text: {
      pl: '{Pracownik}: pasek za {Miesiąc} jest w HRM.',
      en: '{Employee}: the payslip for {Month} is in HRM.',
    },
  },
  'document-to-sign': {
    direction: 'employee',
    purpose: 'service',
    fields: [document, day],
    secret: false,
    name: { pl: 'Dokument do podpisu', en: 'Document to sign' },
    text: {
      pl: '{Pracownik}: dokument czeka na podpis w HRM.',
      en: '{Employee}: a document awaits your signature in HRM.',
    },
  },
  'document-password': {
    direction: 'employee',
    purpose: 'service',
    fields: [document, password],
    secret: true,
    name: { pl: 'Hasło do dokumentu', en: 'Password to a document' },
    text: { pl: 'Hasło do dokumentu: {Hasło}', en: 'Password to the document: {Password}' },
  },
  'access-data': {
    direction: 'employee',
    purpose: 'service',
    fields: [login, password],
    secret: true,
    name: { pl: 'Dane dostępowe', en: 'Access data generated' },
    text: {
      pl: 'Dane dostępowe do HRM są gotowe. Login: {Login}',
      en: 'Your access to HRM is ready. Login: {Login}',
    },
  },
  'medical-examination': {
    direction: 'employee',
    purpose: 'service',
    fields: [day, place],
    secret: false,
    name: { pl: 'Badania okresowe', en: 'Medical examination due' },
    text: {
      pl: '{Pracownik}: termin badań okresowych mija {Dzień}.',
      en: '{Employee}: the periodic examination is due by {Day}.',
    },
  },
  birthday: {
    direction: 'employee',
    purpose: 'occasions',
    fields: [],
    secret: false,
    name: { pl: 'Urodziny', en: 'Birthday' },
    text: { pl: 'Wszystkiego najlepszego z okazji urodzin!', en: 'Happy birthday!' },
  },
} as const satisfies Record<string, HrmEvent>;

export type HrmEventId = keyof typeof hrmEvents;
export const hrmEventIds = Object.keys(hrmEvents) as [HrmEventId, ...HrmEventId[]];

export const isHrmEvent = (id: string): id is HrmEventId => Object.hasOwn(hrmEvents, id);

export const hrmEventOf = (id: HrmEventId): HrmEvent => hrmEvents[id];

/** All that a template of the event may name. */
export const fieldsOf = (id: HrmEventId): readonly HrmField[] => [employeeField, ...hrmEvents[id].fields];
