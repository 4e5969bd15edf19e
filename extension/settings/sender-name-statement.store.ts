import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { StatementDraft } from '../../shared/api/statements.ts';
import { isValidNip, normaliseNip } from '../../shared/checksums/index.ts';
import {
  headerSafe,
  missingStampFields,
  renderStatement,
  type StatementLanguage,
} from '../../shared/sender-name/index.ts';
import { api } from '../bridge/api.ts';
import { language } from '../locales/texts.ts';
import { createResource } from './resource.ts';

export interface StatementFields {
  company: string;
  address: string;
  nip: string;
  signatory: string;
}

/** What still keeps the statement from being accepted, in the order of the form. */
export type StatementGap =
  | 'company-not-chosen'
  | 'company'
  | 'address'
  | 'nip'
  | 'nip-invalid'
  | 'signatory'
  | 'accepted'
  | 'representation';

/**
 * The owner's statement as it is filled in (R13–R16): from the stamp, editable, read before it is accepted. Whatever changes
 * its text takes the acceptance back, as nobody has accepted that text.
 */
export function createStatement(about: { slot: string; name: ReadonlySignal<string> }) {
  const spoken = signal<StatementLanguage>(language() === 'pl' ? 'pl' : 'en');
  const fields = signal<StatementFields>({ company: '', address: '', nip: '', signatory: '' });
  const companyId = signal<string | null>(null);
  /** The text that was accepted; null: none; empty: one that was changed afterwards. */
  const acceptedText = signal<string | null>(null);
  const represents = signal(false);
  const savesStamp = signal(false);

  const draft = createResource(async () => {
    const answer = await api.statements.draft({
      slot: about.slot,
      companyId: companyId.value,
      language: spoken.value,
    });
    if (answer.ok) fill(answer.value);
    return answer;
  });

  function fill({ company, address, nip, signatory, companyId: whose }: StatementDraft): void {
    batch(() => {
      companyId.value = whose;
      fields.value = { company, address, nip, signatory: fields.value.signatory || signatory };
      acceptedText.value = null;
    });
  }

  const known = computed(() => (draft.state.value.kind === 'ready' ? draft.state.value.value : null));
  /** As the server will read the fields. */
  const given = computed(() => ({
    company: fields.value.company.trim(),
    address: fields.value.address.trim(),
    nip: normaliseNip(fields.value.nip),
    signatory: headerSafe(fields.value.signatory),
  }));
  const rendered = computed(() => {
    const { variant = 'crm', email = '', at = 0 } = known.value ?? {};
    return renderStatement({
      ...given.value,
      variant,
      language: spoken.value,
      name: about.name.value,
      email,
      date: at,
    });
  });
  const isAccepted = computed(() => acceptedText.value === rendered.value.text);
  /** It was accepted, and then something in it was changed; changing it back accepts nothing. */
  const isVoid = computed(() => acceptedText.value === '');
  effect(() => {
    const { text } = rendered.value;
    if (acceptedText.value !== null && acceptedText.value !== text) acceptedText.value = '';
  });
  const mustChoose = computed(
    () => known.value !== null && known.value.companies.length > 1 && companyId.value === null,
  );

  const gaps = computed<StatementGap[]>(() => {
    const missing = missingStampFields(given.value);
    const isNipWrong = !missing.includes('nip') && !isValidNip(given.value.nip);
    // Whose stamp it is comes first: it fills the rest.
    const stamp: StatementGap[] = mustChoose.value
      ? ['company-not-chosen']
      : [...missing, ...(isNipWrong ? (['nip-invalid'] as const) : [])];
    return [
      ...stamp,
      ...(given.value.signatory === '' ? (['signatory'] as const) : []),
      ...(isAccepted.value ? [] : (['accepted'] as const)),
      ...(represents.value ? [] : (['representation'] as const)),
    ];
  });

  return {
    draft,
    known,
    language: spoken as ReadonlySignal<StatementLanguage>,
    fields: fields as ReadonlySignal<StatementFields>,
    companyId: companyId as ReadonlySignal<string | null>,
    represents,
    savesStamp,
    rendered,
    isAccepted,
    isVoid,
    gaps,
    speak(chosen: StatementLanguage): void {
      spoken.value = chosen;
    },
    change(part: Partial<StatementFields>): void {
      fields.value = { ...fields.value, ...part };
    },
    /** Another company's stamp takes the place of what stands in the fields (R15). */
    async choose(id: string): Promise<void> {
      companyId.value = id === '' ? null : id;
      await draft.load();
    },
    accept(is: boolean): void {
      acceptedText.value = is ? rendered.value.text : null;
    },
    /** The text was another one at the server, over midnight say: it is to be read again. */
    async readAgain(): Promise<void> {
      const kept = fields.value;
      await draft.load();
      fields.value = kept;
      acceptedText.value = '';
    },
    /** For the server, together with the text that was shown. */
    acceptance() {
      const { version, text } = rendered.value;
      return {
        ...given.value,
        companyId: companyId.value,
        language: spoken.value,
        version,
        text,
        accepted: isAccepted.value,
        representation: represents.value,
        saveStamp: savesStamp.value,
      };
    },
  };
}

export type StatementStore = ReturnType<typeof createStatement>;
