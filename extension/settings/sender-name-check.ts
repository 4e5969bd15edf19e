import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { NameAnswer, WarningCode } from '../../shared/api/sender-names.ts';
import { checkSenderName, type Notice, type Refusal, type Warning } from '../../shared/sender-name/index.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';

/** Milliseconds of rest in typing before the server is asked. */
const rest = 250;

export interface NameCheck {
  text: ReadonlySignal<string>;
  type(text: string): void;
  /** Nothing was typed yet: an empty field is no mistake. */
  isFresh: ReadonlySignal<boolean>;
  /** As it would be registered. */
  name: ReadonlySignal<string>;
  refusals: ReadonlySignal<readonly Refusal[]>;
  warnings: ReadonlySignal<readonly Warning[]>;
  notices: ReadonlySignal<readonly Notice[]>;
  taken: ReadonlySignal<NameAnswer['taken']>;
  /** What changing the slot's name would do; null until the server has said it of this very name. */
  effect: ReadonlySignal<NameAnswer['effect'] | null>;
  /** The server could not be asked; the rules that stand here hold all the same. */
  failure: ReadonlySignal<Failure | null>;
  /** The warnings that were accepted; another name has others. */
  accepted: ReadonlySignal<WarningCode[]>;
  accept(isAccepted: boolean): void;
  /** Nothing is known against it, and its warnings are accepted. */
  isGood: ReadonlySignal<boolean>;
}

/**
 * What is known of a name while it is typed: the rules at once, from the code that the server has them from, and after a rest
 * what only the server knows (who holds it, imported lists, what a change would do).
 *
 * @param about the slot that it is for; `except` is the name's own id where an existing one is edited
 */
export function createNameCheck(
  about: { slot: string; intent: 'add' | 'change'; except?: string },
  start = '',
): NameCheck {
  const text = signal(start);
  const isFresh = signal(true);
  const answered = signal<{ text: string; answer: NameAnswer } | null>(null);
  const failure = signal<Failure | null>(null);
  const isAccepted = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let question = new AbortController();

  const local = computed(() => checkSenderName(text.value));
  const answer = computed(() => (answered.value?.text === text.value ? answered.value.answer : null));
  const refusals = computed(() =>
    local.value.refusals.length > 0 ? local.value.refusals : ((answer.value?.refusals ?? []) as Refusal[]),
  );
  const warnings = computed(() => answer.value?.warnings ?? local.value.warnings);
  const taken = computed(() => {
    const by = answer.value?.taken ?? null;
    return by?.by === 'organisation' && by.id === about.except ? null : by;
  });
  const accepted = computed(() => (isAccepted.value ? warnings.value.map(({ code }) => code) : []));

  async function ask(asked: string, { signal: called }: AbortController): Promise<void> {
    const { slot, intent } = about;
    const said = await api.senderNames.check({ name: asked, slot, intent }, called);
    if (called.aborted) return;
    failure.value = said.ok ? null : said.failure;
    if (said.ok) answered.value = { text: asked, answer: said.value };
  }

  return {
    text,
    isFresh,
    name: computed(() => local.value.name),
    refusals,
    warnings,
    notices: computed(() => local.value.notices),
    taken,
    effect: computed(() => answer.value?.effect ?? null),
    failure,
    accepted,
    isGood: computed(
      () =>
        refusals.value.length === 0 &&
        taken.value === null &&
        (warnings.value.length === 0 || isAccepted.value),
    ),
    type(typed) {
      if (typed === text.value) return;
      text.value = typed;
      isFresh.value = false;
      isAccepted.value = false;
      failure.value = null;
      clearTimeout(timer);
      question.abort();
      question = new AbortController();
      // What is refused here would be refused there; and what was pasted may be a megabyte.
      if (local.value.refusals.length > 0) return;
      const mine = question;
      timer = setTimeout(() => void ask(typed, mine), rest);
    },
    accept(is) {
      isAccepted.value = is;
    },
  };
}
