import type { BasketList } from '../../bridge/basket.ts';
import type { Selection } from './selection.ts';

/** Hands who is chosen to the background as it changes, so that it outlives the page. */
export interface Keeping {
  /** Looks for changes; they are kept a moment later. */
  look(): void;
  /** Takes in what was kept before. */
  load(kept: readonly BasketList[]): void;
}

/** Changes of this long are kept together (ms); long lists, which cost more to hand over, wait longer. */
const pause = { few: 150, many: 3_000 };
const many = 500;

/** @param keep resolves with false when it could not be kept @param onKept is told of that */
export function createKeeping(
  selection: Selection,
  keep: (list: BasketList) => Promise<boolean>,
  onKept: (isKept: boolean) => void,
  signal: AbortSignal,
): Keeping {
  /** List → version that is kept. */
  const kept = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  signal.addEventListener('abort', () => {
    if (timer !== null) clearTimeout(timer);
  });

  function flush(): void {
    timer = null;
    const all = selection.all();
    for (const [list, chosen] of all) {
      if (kept.get(list) === chosen.version) continue;
      kept.set(list, chosen.version);
      const { page, fields, way } = chosen;
      const people = [...chosen.people.values()];
      keep({ list, page, fields, way, people }).then(onKept, () => onKept(false));
    }
    for (const list of [...kept.keys()]) {
      if (all.has(list)) continue;
      kept.delete(list);
      keep({ list, page: { url: '', title: '' }, fields: [], people: [] }).catch(() => undefined);
    }
  }

  return {
    look() {
      const all = selection.all();
      const isNew =
        [...all].some(([list, { version }]) => kept.get(list) !== version) || kept.size > all.size;
      if (!isNew || timer !== null) return;
      const most = Math.max(0, ...[...all.values()].map(({ people }) => people.size));
      timer = setTimeout(flush, most > many ? pause.many : pause.few);
    },
    load(lists) {
      // Whoever was chosen while the basket was on its way is still to be kept.
      const chosen = new Set(selection.all().keys());
      selection.load(lists);
      for (const [list, { version }] of selection.all()) if (!chosen.has(list)) kept.set(list, version);
    },
  };
}
