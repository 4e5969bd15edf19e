import { z } from 'zod';
import { hrmConsentPurposes, hrmEventIds, hrmLanguages } from '../hrm/events.ts';
import { type SkipReason, skipReasons } from './batches.ts';
import { messageStates } from './messages.ts';
import { Instant, PageQuery } from './paging.ts';

/** People in one call. */
export const mostNotified = 50_000;

export const HrmEventId = z.enum(hrmEventIds).meta({ id: 'HrmEventId' });
export const HrmLanguage = z.enum(hrmLanguages).meta({ id: 'HrmLanguage' });
export const HrmConsentPurpose = z.enum(hrmConsentPurposes).meta({ id: 'HrmConsentPurpose' });
/** The employer's telephone, or the employee's own, which needs a recorded consent (domain §7). */
export const HrmNumberKind = z.enum(['business', 'private']).meta({ id: 'HrmNumberKind' });
export type HrmNumberKind = z.infer<typeof HrmNumberKind>;

/** The employee's number in the HRM application, e.g. `001/E/2026`. */
export const EmployeeReference = z.string().trim().min(1).max(120);
/** A day, `2026-11-24`. */
const Day = z.iso.date();

// What a company has settled ---------------------------------------------------------------------------------------

export const HrmNumberSource = z.enum(['sms', 'business', 'private']).meta({ id: 'HrmNumberSource' });
export type HrmNumberSource = z.infer<typeof HrmNumberSource>;

/** `GET` and `PATCH /v1/companies/{id}/hrm`; quiet hours stand in `/v1/companies/{id}/sending`. */
export const HrmSettings = z
  .object({
    /** Which of an employee's numbers is texted: the first of these that there is (R29). */
    numberSources: z
      .array(HrmNumberSource)
      .min(1)
      .max(3)
      .refine((sources) => new Set(sources).size === sources.length, 'Each once'),
    /** What a number counts as of which neither the register nor its column says whose it is. */
    unknownNumbers: HrmNumberKind,
    /** Full names in texts; else initials. */
    fullNames: z.boolean(),
    /** Of texts to employees who have no language of their own. */
    language: HrmLanguage,
    /** Events to one person are gathered for so many minutes into one text; 0: each by itself. */
    digestMinutes: z.number().int().min(0).max(1440),
  })
  .meta({ id: 'HrmSettings' });
export type HrmSettings = z.infer<typeof HrmSettings>;

export const HrmSettingsChange = HrmSettings.partial().meta({ id: 'HrmSettingsChange' });

const texts = z.string().trim().min(1).max(2000);

/** One event of the catalogue as a company uses it: `/v1/companies/{id}/hrm/events`. */
export const HrmCompanyEvent = z
  .object({
    event: HrmEventId,
    names: z.object({ pl: z.string(), en: z.string() }),
    /** Who is told. */
    direction: z.enum(['employee', 'superior']),
    /** Which consent a private number needs. */
    purpose: HrmConsentPurpose,
    /** It goes out by itself, and no report shows its text. */
    secret: z.boolean(),
    enabled: z.boolean(),
    /** As they are sent; `{Pracownik}`, `{Od|…}` like in any template. */
    templates: z.object({ pl: z.string(), en: z.string() }),
    /** Whether a template is the company's own, or the one that the product came with. */
    own: z.object({ pl: z.boolean(), en: z.boolean() }),
    /** What templates may name: `id` is its name in a notification, `pl` and `en` those in templates. */
    fields: z.array(z.object({ id: z.string(), pl: z.string(), en: z.string() })),
    version: z.number().int(),
  })
  .meta({ id: 'HrmCompanyEvent' });
export type HrmCompanyEvent = z.infer<typeof HrmCompanyEvent>;

export const HrmCompanyEventChange = z
  .object({
    enabled: z.boolean(),
    /** Null: the one that the product came with. */
    templates: z.object({ pl: texts.nullable(), en: texts.nullable() }).partial(),
  })
  .partial()
  .meta({ id: 'HrmCompanyEventChange' });

/** `POST /v1/companies/{id}/hrm/events/{event}/preview`: nothing is stored. */
export const HrmPreviewDraft = z
  .object({
    language: HrmLanguage.default('pl'),
    /** Not saved yet; without it the company's template. */
    text: texts.optional(),
    /** Of the event, by id; what is missing is filled with samples. */
    fields: z.record(z.string().max(120), z.string().max(1000)).default({}),
  })
  .meta({ id: 'HrmPreviewDraft' });

export const HrmPreview = z
  .object({
    text: z.string(),
    parts: z.number().int(),
    /** Fields in the text that are not given and have no default, by their names in it. */
    missing: z.array(z.string()),
    /** Fields in the text that the event does not have: it could not be saved. */
    unknown: z.array(z.string()),
  })
  .meta({ id: 'HrmPreview' });
export type HrmPreview = z.infer<typeof HrmPreview>;

// Employees and their consents -------------------------------------------------------------------------------------

const Phone = z.string().trim().max(60).default('');

export const Employee = z
  .object({
    reference: EmployeeReference,
    name: z.string().trim().max(200).default(''),
    businessPhone: Phone,
    privatePhone: Phone,
    /** The one that the employee has named for texts; private, unless it is the business one. */
    smsPhone: Phone,
    /** The superior's reference; empty: none known. */
    superior: z.string().trim().max(120).default(''),
    /** Null: the company's. */
    language: HrmLanguage.nullable().default(null),
  })
  .meta({ id: 'Employee' });
export type Employee = z.infer<typeof Employee>;

/** As it is listed: with the purposes of standing consents. Numbers are masked for who may not see them. */
export const ListedEmployee = Employee.extend({ consents: z.array(HrmConsentPurpose) }).meta({
  id: 'ListedEmployee',
});
export type ListedEmployee = z.infer<typeof ListedEmployee>;

/** `PUT /v1/companies/{id}/hrm/employees`: adds or replaces those named, and leaves the others. */
export const Employees = z
  .object({ employees: z.array(Employee).min(1).max(10_000) })
  .meta({ id: 'Employees' });

/** `DELETE /v1/companies/{id}/hrm/employees?reference=`: references may have slashes in them. */
export const EmployeeKey = z.object({ reference: EmployeeReference });

export const EmployeeQuery = PageQuery.extend({
  /** In reference or name. */
  search: z.string().trim().max(120).optional(),
});

export const ConsentDraft = z
  .object({
    employee: EmployeeReference,
    purpose: HrmConsentPurpose.default('service'),
    /** When the employee gave it; not in the future. */
    givenOn: Day,
    /** Where it can be found, e.g. the number of a form. */
    note: z.string().trim().max(300).default(''),
  })
  .meta({ id: 'ConsentDraft' });
export type ConsentDraft = z.infer<typeof ConsentDraft>;

export const ConsentWithdrawal = ConsentDraft.pick({ employee: true, purpose: true }).meta({
  id: 'ConsentWithdrawal',
});

/** One consent, standing or withdrawn; none is ever deleted. */
export const Consent = z
  .object({
    id: z.number().int(),
    employee: z.string(),
    name: z.string(),
    purpose: HrmConsentPurpose,
    givenOn: Day,
    note: z.string(),
    recordedAt: Instant,
    recordedBy: z.string(),
    withdrawnAt: Instant.nullable(),
    withdrawnBy: z.string().nullable(),
  })
  .meta({ id: 'Consent' });
export type Consent = z.infer<typeof Consent>;

export const ConsentQuery = PageQuery.extend({
  employee: z.string().trim().max(120).optional(),
  /** `all`: withdrawn ones too. */
  show: z.enum(['standing', 'all']).default('standing'),
});

/**
 * A file as text. Employees: `numer;nazwisko i imię;telefon służbowy;telefon prywatny;telefon SMS;przełożony;język`.
 * Consents: `numer;cel;data;uwagi`. Headings in Polish or English, in any order. One broken line, and nothing is imported:
 * 422 `import-refused` lists the lines at `/csv/{line}`, or at `/csv/{line}/{property}` where it is one cell's fault.
 */
export const HrmImport = z.object({ csv: z.string().min(1).max(8_000_000) }).meta({ id: 'HrmImport' });
export const HrmImported = z
  .object({ lines: z.number().int(), added: z.number().int(), unchanged: z.number().int() })
  .meta({ id: 'HrmImported' });
export type HrmImported = z.infer<typeof HrmImported>;

// Notifications ----------------------------------------------------------------------------------------------------

/** Someone by reference, or by a number that the HRM application gives, or both: the number given counts. */
const Person = z.object({
  reference: z.string().trim().max(120).default(''),
  name: z.string().trim().max(200).default(''),
  phone: z.string().trim().max(60).default(''),
  phoneKind: HrmNumberKind.nullable().default(null),
});

export const NotifiedEmployee = Person.extend({
  /** Of events whose direction is the superior; without it the register's. */
  superior: Person.nullable().default(null),
  language: HrmLanguage.nullable().default(null),
  /** The event's fields by id. */
  fields: z.record(z.string().max(120), z.string().max(1000)).default({}),
})
  .refine(({ reference, phone }) => reference !== '' || phone !== '', 'A reference or a phone')
  .meta({ id: 'NotifiedEmployee' });
export type NotifiedEmployee = z.infer<typeof NotifiedEmployee>;

/** `POST /v1/hrm/notifications`, with an `Idempotency-Key`. */
export const HrmNotification = z
  .object({
    companyId: z.string().min(1).max(60),
    event: HrmEventId,
    employees: z.array(NotifiedEmployee).min(1).max(mostNotified),
  })
  .meta({ id: 'HrmNotification' });
export type HrmNotification = z.infer<typeof HrmNotification>;
export type HrmNotificationInput = z.input<typeof HrmNotification>;

/** Reasons of messages that are skipped, and those that only an employee has. */
export const HrmSkipReason = z
  .enum([...skipReasons, 'unknown-employee', 'superior-missing'])
  .meta({ id: 'HrmSkipReason' });
export type HrmSkipReason = z.infer<typeof HrmSkipReason> | z.infer<typeof SkipReason>;

/** The answer: 201 once all of it is durable. */
export const HrmAccepted = z
  .object({
    id: z.string(),
    companyId: z.string(),
    event: HrmEventId,
    /** How many people will be told. */
    notified: z.number().int(),
    /** They wait to be gathered with others, until this moment; null: they are on their way. */
    gatheredUntil: Instant.nullable(),
    skipped: z.array(
      z.object({
        index: z.number().int(),
        reference: z.string(),
        reason: HrmSkipReason,
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'HrmAccepted' });
export type HrmAccepted = z.infer<typeof HrmAccepted>;

/**
 * How a notification fares: `waiting` to be gathered, `skipped` or `refused` with the reason, else the state of the
 * message that carries it.
 */
export const HrmNotificationState = z
  .enum(['waiting', 'skipped', 'refused', ...messageStates])
  .meta({ id: 'HrmNotificationState' });
export type HrmNotificationState = z.infer<typeof HrmNotificationState>;

/** `GET /v1/hrm/notifications/{id}`: the call with how many are in each state. */
export const HrmCall = z
  .object({
    id: z.string(),
    companyId: z.string(),
    event: HrmEventId,
    createdAt: Instant,
    createdBy: z.string(),
    counts: z.partialRecord(HrmNotificationState, z.number().int()),
  })
  .meta({ id: 'HrmCall' });
export type HrmCall = z.infer<typeof HrmCall>;
