import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { HrmNumberSource, HrmSettings } from '../../shared/api/hrm.ts';
import type { SendingCompany } from '../../shared/api/session.ts';
import { withInitials } from '../../shared/hrm/initials.ts';
import { hrm } from '../bridge/hrm-api.ts';
import { knownSession, type SessionState } from '../bridge/session.store.ts';
import type { DraftPeople } from './draft.ts';
import type { NumberSources, Reviewed } from './review.ts';
import type { Here } from './site.store.ts';

type Known = Pick<HrmSettings, 'numberSources' | 'fullNames'>;

const order: readonly HrmNumberSource[] = ['sms', 'business', 'private'];
/** Until the server has said otherwise, and as a company begins. */
const first: Known = { numberSources: [...order], fullNames: false };

/**
 * Recipients who are employees: which of their numbers is texted (R29), and initials in the place of their names (domain §7),
 * as the company has settled it, so that a preview reads like the text that arrives.
 */
export function createEmployees(parts: {
  here: ReadonlySignal<Here | null>;
  people: ReadonlySignal<DraftPeople>;
  company: ReadonlySignal<SendingCompany | null>;
  session: ReadonlySignal<SessionState>;
}) {
  const { here, people, company, session } = parts;
  const settings = signal<ReadonlyMap<string, Known>>(new Map());
  const isHrm = computed(
    () =>
      people.value.origins.length > 0 &&
      (here.value === null ? sendsForHrmAlone(session.value) : here.value.site.kind === 'hrm'),
  );
  const companyId = computed(() => company.value?.id ?? null);
  const known = computed(() => settings.value.get(companyId.value ?? '') ?? first);

  async function load(id: string): Promise<void> {
    const answer = await hrm.settings.get(id);
    // Who may not read them may not send either, and is told so by the preview.
    if (answer.ok) settings.value = new Map(settings.value).set(id, answer.value.value);
  }

  return {
    isHrm,
    sources: computed<NumberSources>(() => (isHrm.value ? known.value.numberSources : null)),
    /** The same people, of employees with initials for full names in what goes into a text. */
    shortened: (reviewed: Reviewed[]): Reviewed[] =>
      !isHrm.value || known.value.fullNames
        ? reviewed
        : reviewed.map((one) => {
            const { fields, name } = one.person;
            return { ...one, person: { ...one.person, fields: withInitials(fields, name) } };
          }),
    /** Asks where there are employees. Returns how to stop. */
    follow: (): (() => void) =>
      effect(() => {
        if (isHrm.value && companyId.value !== null) void load(companyId.value);
      }),
  };
}

/** On a page that nobody has described, the server takes what such a person sends for HRM's. */
function sendsForHrmAlone(state: SessionState): boolean {
  const roles = knownSession(state)?.person.roles ?? [];
  return roles.includes('hr') && !roles.includes('sender') && !roles.includes('administrator');
}
