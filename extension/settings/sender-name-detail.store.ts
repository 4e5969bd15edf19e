import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import type { Answer } from '../bridge/failure.ts';
import { createResource, createSaving } from './resource.ts';

/** Milliseconds between two looks: while our server mails it, and while the operator decides. */
const soon = 2000;
const later = 10_000;

/** One name with all that is done to it; `changed` hears of every change, so that lists and slots are read again. */
export function createNameDetail(id: string, changed: () => void) {
  const resource = createResource(() => api.senderNames.get(id));
  const working = createSaving();
  const known = (): SenderNameDetail | null =>
    resource.state.value.kind === 'ready' ? resource.state.value.value : null;

  async function look(): Promise<void> {
    const before = known();
    await resource.load();
    const after = known();
    if (before !== null && after !== null && before.state !== after.state) changed();
  }

  return {
    id,
    resource,
    working,
    known,
    /** Does something to the name and shows how it is then; after a refusal too, as the world may have moved on. */
    async act(work: () => Promise<Answer<SenderNameDetail>>): Promise<SenderNameDetail | null> {
      if (working.state.value.kind === 'saving') return null;
      const done = await working.save(work);
      if (done === null) await resource.load();
      else resource.state.value = { kind: 'ready', value: done.value };
      changed();
      return done?.value ?? null;
    },
    look,
    /** Looks again by itself while something goes on elsewhere and somebody is looking. Returns how to stop. */
    watch(): () => void {
      let timer: ReturnType<typeof setTimeout>;
      const turn = async (): Promise<void> => {
        const next = known()?.next;
        const goesOn = next === 'sending' || next === 'wait' || next === 'resend';
        if (goesOn && document.visibilityState === 'visible') await look();
        timer = setTimeout(() => void turn(), known()?.next === 'sending' ? soon : later);
      };
      timer = setTimeout(() => void turn(), soon);
      return () => clearTimeout(timer);
    },
  };
}

export type NameDetailStore = ReturnType<typeof createNameDetail>;
