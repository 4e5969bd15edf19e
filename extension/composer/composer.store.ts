import { batch, computed, effect, signal } from '@preact/signals';
import type { BatchDraftInput, SkipReason } from '../../shared/api/batches.ts';
import { parseTemplate } from '../../shared/sms-text/index.ts';
import { api } from '../bridge/api.ts';
import type { Capture } from '../bridge/capture.ts';
import type { ComposerPlace, Incoming } from '../bridge/incoming.ts';
import { createSessionStore, knownSession } from '../bridge/session.store.ts';
import { costOf } from './cost.ts';
import { readDraft, writeDraft } from './draft.storage.ts';
import {
  addCapture,
  columnsOf,
  type DraftPeople,
  type DraftText,
  mayJoin,
  noPeople,
  noText,
  takeCapture,
} from './draft.ts';
import { createEmployees } from './employees.store.ts';
import { blocksOf, companyOf } from './gate.ts';
import { createPreviewing } from './preview.store.ts';
import { bodyOf, withServersWord } from './request.ts';
import { createResult, type Result } from './result.store.ts';
import { reviewFields, reviewPeople, unknownFields } from './review.ts';
import { createSaving } from './saving.ts';
import { createSending } from './sending.store.ts';
import { createSettling } from './settling.ts';
import { createSiteChoice } from './site.store.ts';

/** What just happened to the recipients, said once, with a way back. */
export type Notice =
  | { kind: 'replaced'; count: number; mayAdd: boolean }
  | { kind: 'removed'; name: string }
  | { kind: 'nothing-found' };

/** One composer: what it holds, what follows from it, and what can be done. Everything shown derives from here. */
export function createComposer(place: ComposerPlace) {
  const session = createSessionStore();
  const ready = signal(false);
  const people = signal<DraftPeople>(noPeople);
  const text = signal<DraftText>(noText);
  const notice = signal<Notice | null>(null);
  /** The browser's store is full: the draft would not outlive the panel. */
  const isUnsaved = signal(false);
  let before: DraftPeople = noPeople;
  let latest: { capture: Capture; tabId: number | null } | null = null;

  /** What became of the send: the composer shows it until the user goes on. */
  const result = signal<Result | null>(null);
  /** Recipients that came while a send had no answer yet; they wait for it. */
  const held = signal<Incoming | null>(null);

  const sending = createSending({
    send: api.batches.send,
    keep: (pending) => writeDraft(place, { pending }),
    // One write: a crash must not leave people behind who were texted already.
    spend: () => writeDraft(place, { pending: null, people: noPeople, text: spentText() }),
    now: () => Date.now(),
    newKey: () => crypto.randomUUID(),
  });
  const preview = createPreviewing(api.batches.preview);

  const site = createSiteChoice({ people, text, change });
  const settling = createSettling(text, () => people.peek().people.length);
  const { settled } = settling;
  const template = computed(() => parseTemplate(settled.value.text));
  const columns = computed(() => columnsOf(people.value));
  const company = computed(() => companyOf(knownSession(session.state.value), text.value.companyId));
  const employees = createEmployees({ here: site.here, people, company, session: session.state });
  const byNumber = computed(() => employees.shortened(reviewPeople(people.value, employees.sources.value)));
  const own = computed(() => reviewFields(byNumber.value, template.value));
  const body = computed<BatchDraftInput | null>(() =>
    bodyOf(people.value, settled.value, company.value?.id ?? null, own.value, template.value),
  );
  const reviewed = computed(() => withServersWord(own.value, body.value, preview.state.value));
  const cost = computed(() => {
    const { text: typed, foldPolishLetters } = settled.value;
    return costOf(typed.trim() === '' ? [] : reviewed.value, template.value, foldPolishLetters);
  });
  /** A preview is newer than the session: somebody else may have sent meanwhile. */
  const balance = computed(() => {
    const asked = preview.state.value;
    return asked.kind === 'known' && asked.body === body.value
      ? asked.preview.balance
      : knownSession(session.state.value)?.balance;
  });
  const blocks = computed(() => {
    const theirs = preview.state.value;
    const ours = blocksOf(session.state.value, company.value, cost.value, Date.now(), {
      balance: balance.value,
      isHrm: employees.isHrm.value,
    });
    if (ours.length > 0 || theirs.kind !== 'refused' || theirs.body !== body.value) return ours;
    return [{ kind: 'refused' as const, failure: theirs.failure }];
  });
  const toSend = computed(() => reviewed.value.filter(({ reason }) => reason === null));
  const skipped = computed(() => reviewed.value.filter(({ reason }) => reason !== null));
  const skipReasons = computed(() => {
    const counts = new Map<SkipReason, number>();
    for (const { reason } of skipped.value) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    return [...counts];
  });
  const canSend = computed(
    () =>
      blocks.value.length === 0 &&
      body.value !== null &&
      settled.value === text.value &&
      toSend.value.length > 0 &&
      sending.state.value.kind === 'idle',
  );

  const stops: (() => void)[] = [];
  const saving = createSaving(place, isUnsaved);

  async function start(): Promise<void> {
    const draft = await readDraft(place);
    batch(() => {
      people.value = draft.people;
      text.value = draft.text;
      ready.value = true;
    });
    sending.resume(draft.pending);
    settling.now();
    void site.load();
    stops.push(
      settling.follow(),
      session.watch(),
      saving.follow(() => ({ people: people.value })),
      saving.follow(() => ({ text: text.value })),
      effect(() => preview.update(session.state.value.kind === 'signed-in' ? body.value : null)),
      preview.stop,
      employees.follow(),
    );
  }

  function setPeople(next: DraftPeople, what: Notice | null): void {
    batch(() => {
      before = people.value;
      people.value = next;
      notice.value = what;
    });
  }

  function receive(incoming: Incoming): void {
    const { capture, tabId } = incoming;
    if (sending.state.value.kind === 'sending' || sending.state.value.kind === 'in-doubt') {
      held.value = incoming;
      return;
    }
    if (capture === null) {
      notice.value = { kind: 'nothing-found' };
      return;
    }
    latest = { capture, tabId };
    const count = people.value.people.length - people.value.removed.length;
    const mayAdd = mayJoin(people.value, capture, site.groupOf);
    closeResult();
    sending.reset();
    setPeople(takeCapture(capture, tabId), count > 0 ? { kind: 'replaced', count, mayAdd } : null);
    if (capture.where !== 'paste') void site.follow();
  }

  function change(part: Partial<DraftText>): void {
    text.value = { ...text.value, ...part };
    sending.reset();
  }

  /** The answer is known: the draft is spent, and its people wait in the result for their reports. */
  function settle(): void {
    if (sending.state.value.kind !== 'sent') return;
    const { accepted } = sending.state.value;
    const spent = people.value;
    batch(() => {
      result.value = createResult(accepted, spent);
      result.value.start();
      setPeople(noPeople, null);
      before = noPeople;
      text.value = spentText();
    });
    void session.refresh();
  }

  /** Company and folding stay as the person likes them; the text has gone out. */
  function spentText(): DraftText {
    return { ...text.value, text: '', templateId: null };
  }

  function closeResult(): void {
    result.value?.stop();
    result.value = null;
  }

  return {
    place,
    ready,
    session,
    site,
    employees,
    people,
    text,
    notice,
    isUnsaved,
    result,
    held,
    sending,
    preview,
    template,
    columns,
    company,
    reviewed,
    toSend,
    skipped,
    skipReasons,
    cost,
    balance,
    blocks,
    body,
    canSend,
    unknownFields: computed(() => unknownFields(template.value, columns.value)),
    start,
    stop: () => {
      closeResult();
      for (const stop of stops.splice(0)) stop();
    },

    receive,
    /** Puts the recipients of the last capture beside those that it replaced. */
    addInstead(): void {
      if (latest !== null) setPeople(addCapture(before, latest.capture, latest.tabId), null);
    },
    undo(): void {
      setPeople(before, null);
    },
    remove(key: string): void {
      const person = people.value.people.find((one) => one.key === key);
      if (person === undefined) return;
      const removed = [...people.value.removed, key];
      setPeople({ ...people.value, removed }, { kind: 'removed', name: person.name || person.shown });
    },
    chooseNumber(key: string, at: number): void {
      people.value = { ...people.value, chosen: { ...people.value.chosen, [key]: at } };
    },
    change,
    /** What follows from the text is up to date from here on. */
    settle: settling.now,
    async send(): Promise<void> {
      if (!canSend.value || body.value === null) return;
      await sending.start(body.value);
      settle();
    },
    async retry(): Promise<void> {
      await sending.retry();
      settle();
    },
    /** From the result, or from a doubt that the user gives up on, back to writing. */
    async startAgain(): Promise<void> {
      closeResult();
      await sending.giveUp();
      const incoming = held.value;
      held.value = null;
      if (incoming !== null) receive(incoming);
    },
  };
}

export type Composer = ReturnType<typeof createComposer>;
