import { afterExtension, isFaxAfter, isQuantity } from './after.ts';
import { type Chain, nextChain, separator } from './chains.ts';
import { glueAfter, glueBefore, inLink, withoutDates } from './decoys.ts';
import type { PlacedNumber } from './found.ts';
import { isList, type Label, labelBefore } from './labels.ts';
import { pick } from './pick.ts';
import { planOf } from './plans.ts';
import { type Trust, trustOf } from './trust.ts';

/** A number in a text, and how much shows that it is one. */
export interface Hit extends PlacedNumber {
  trust: Trust;
}

/** Where the shown number begins: with its plus, and with the parenthesis that it closes itself. */
function shownStart(text: string, chain: Chain, first: number, end: number, floor: number): number {
  const start = first === 0 && chain.plusAt >= 0 ? chain.plusAt : (chain.from[first] ?? 0);
  const inside = text.slice(start, end);
  if (!inside.includes(')') || inside.split(')').length <= inside.split('(').length) return start;
  const opened = text.lastIndexOf('(', start);
  return opened >= floor && start - opened <= 3 ? opened : start;
}

/** "Faktury 600100200, 601100200", "tel. 228451230 lub 583001234": the label of the first holds for the next. */
function isOfList(text: string, before: Chain, start: number, chain: Chain, label: Label): boolean {
  if (label !== 'phone' && label !== 'decoy') return false;
  if (!isList(text.slice(before.end, Math.min(start, before.end + 9)))) return false;
  // An order and then a phone are not written alike: a list is.
  return label === 'phone' || String(before.groups.map(sizeOf)) === String(chain.groups.map(sizeOf));
}

const sizeOf = (group: string): number => group.length;

/**
 * Every phone number in a plain text (see `characters.ts`), in order. `loose` reads a cell of a phone column; otherwise
 * the digits have to show by themselves, or by the words beside them, that they are a phone number.
 * Time grows with the length of the text only: chains, words and labels are looked at in windows of a fixed size.
 */
export function find(text: string, region: string, loose: boolean): Hit[] {
  const plan = planOf(region);
  const hits: Hit[] = [];
  let floor = 0;
  let last: { chain: Chain; label: Label } | null = null;
  for (let chain = nextChain(text, 0); chain; chain = nextChain(text, floor)) {
    const before = floor;
    floor = chain.end;
    if (chain.groups.join('').length < 7 || inLink(text, chain)) continue;
    // `+48+600100200`: a plus after the region's own code begins nothing.
    if (chain.plusAt > 0 && text.slice(Math.max(0, chain.plusAt - 3), chain.plusAt).endsWith(plan.code))
      chain.plusAt = -1;
    const start = chain.plusAt >= 0 ? chain.plusAt : chain.start;
    let label = labelBefore(text, before, start);
    if (label === '' && last && isOfList(text, last.chain, start, chain, last.label)) label = last.label;
    last = { chain, label };
    const begin = glueBefore(text, start, chain, hits.at(-1)?.end ?? -1, label, loose);
    const end = glueAfter(text, chain, loose);
    if (chain.plusAt >= 0 && begin > 0) continue;
    for (const [from, to] of loose ? [[begin, end] as const] : withoutDates(text, chain, begin, end)) {
      for (const number of pick(text, chain, from, to, plan, loose)) {
        const groups = chain.groups.slice(number.first, number.last + 1);
        const separators = groups.slice(1).map((_, i) => separator(text, chain, number.first + i));
        // A date takes the label before it for itself: "Data: 12.05.2026 600 100 200".
        const own = from > begin && label !== 'phone' && label !== 'fax' ? '' : label;
        const trust = trustOf(number, groups, separators, own, plan);
        const stop = chain.to[number.last] ?? chain.end;
        const shown = shownStart(text, chain, number.first, stop, before);
        if (trust === 'no' || (trust === 'doubt' && !loose)) continue;
        if (isQuantity(text, shown, stop) || isFaxAfter(text, stop)) continue;
        hits.push({ e164: number.e164, kind: number.kind, start: shown, end: stop, trust });
        if (stop === chain.end) floor = afterExtension(text, stop);
      }
    }
  }
  return hits;
}
