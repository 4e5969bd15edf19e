import type { BasketList } from '../bridge/basket.ts';
import type { Capture } from '../bridge/capture.ts';
import type { PageSettings, RowState } from '../bridge/messages.ts';
import type { Acts, ReadPage } from './acting.ts';
import { captureField, captureRow, captureSelection, pageOf } from './capture.ts';
import { renewList } from './lists/find.ts';
import { placeOf } from './lists/identity.ts';
import type { ListReading } from './lists/list.ts';
import { createMarks } from './marks/marks.ts';
import type { Picked } from './marks/picking.ts';
import type { MarkTexts } from './marks/texts.ts';
import { elementOf } from './numbers/nodes.ts';
import { phoneOfRow, pointedAt } from './pointed.ts';
import { frameDocument } from './roots.ts';
import { createKeeping } from './selection/keeping.ts';
import { createSelection } from './selection/selection.ts';
import { ticksOf } from './selection/ticks.ts';

/** What a user does on a page that was read: points, ticks, sends. */

export interface ActsOptions {
  texts: MarkTexts;
  /** Opens the composer; only ever called in the user's own click. Rejects when the extension is gone. */
  open(capture: Capture): Promise<void>;
  /** Keeps the column that the user has pointed at; what is set then. Null: it could not be kept. */
  keep?(picked: Picked): Promise<PageSettings | null>;
  /** Who was chosen on other pages of the site, and whoever is chosen now: kept over the end of the page. */
  basket?: { read(): Promise<BasketList[]>; keep(list: BasketList): Promise<boolean> };
}

export function createActs(page: ReadPage, options: ActsOptions): Acts {
  const { document, region, reader, signal } = page;
  const { basket } = options;
  const selection = createSelection(region, () => ({
    ...pageOf(document),
    url: (document.location.origin + placeOf(document)).slice(0, 2000),
  }));
  const keeping = basket
    ? createKeeping(
        selection,
        basket.keep,
        (isKept) => marks.say(isKept ? null : options.texts.notKept),
        signal,
      )
    : null;
  const marks = createMarks(
    { ...options, document, region, selection, inView: page.inView, onChosen: () => keeping?.look(), signal },
    reader,
  );
  basket
    ?.read()
    .then((kept) => {
      keeping?.load(kept);
      marks.refresh('ticks');
    })
    .catch(() => undefined);

  /** A page that was left alone is still read when the user asks. */
  const awake = (): boolean => {
    if (reader.off === 'opted-out') return false;
    if (reader.off === 'degraded') reader.reread();
    return true;
  };

  function captureAtFocus(): Capture | null {
    if (!awake()) return null;
    const selected = selectionIn(document);
    if (selected) {
      const element = elementOf(selected.node);
      const at = element ? pointedAt(reader, element, region) : null;
      const numbers = captureSelection(document, selected.text, element, region);
      if (
        at?.kind === 'cell' &&
        numbers &&
        at.numbers.some((number) => numbers.people[0]?.numbers[0]?.e164 === number.e164)
      )
        return marks.captureOf(at);
      if (numbers) return numbers;
    }
    const focused = focusedIn(document);
    if (focused) {
      const field = focused.tagName === 'INPUT' ? captureField(document, focused, region) : null;
      if (field && reader.listAt(focused) === null) return field;
      const at = pointedAt(reader, focused, region) ?? rowNumber(focused);
      if (at) return marks.captureOf(at);
    }
    const at = marks.pointed();
    return at ? marks.captureOf(at) : null;
  }

  function rowNumber(element: Element): ReturnType<typeof pointedAt> {
    const list = reader.listAt(element);
    const row = list?.people ? list.source.rowAt(element) : null;
    return list && row ? phoneOfRow(list, row, region) : null;
  }

  function captureList(): Capture | null {
    if (!awake()) return null;
    const lists = reader.lists().filter((list) => list.people);
    for (const list of lists) selection.update(list);
    const touched = marks.list();
    const ticked = [touched, ...lists].find((list) => list != null && selection.of(list).people.size > 0);
    if (selection.any()) return marks.captureTicked(ticked ?? null);
    const current = currentRow(lists);
    if (!current) return null;
    const list = renewList(current.list, region);
    return captureRow(document, list, selection.reader(list), current.row);
  }

  /** The row of the focus, of the pointer, or the one that the page shows as chosen. */
  function currentRow(lists: readonly ListReading[]): { list: ListReading; row: Element } | null {
    const focused = focusedIn(document);
    const list = focused ? reader.listAt(focused) : null;
    const row = focused && list?.people ? list.source.rowAt(focused) : null;
    if (list && row) return { list, row };
    const pointed = marks.row();
    if (pointed) return pointed;
    for (const each of lists) {
      const [only, more] = ticksOf(each).rows;
      if (only && !more) return { list: each, row: only };
    }
    return null;
  }

  return {
    element: marks.element,
    captureAtFocus,
    captureList,
    isTakenOut: marks.isTakenOut,
    tickedIn: (list) => selection.of(list).people.size,
    showRowStates: ({ list, states }: { list: string; states: RowState[] }) =>
      marks.showRowStates(list, states),
    pickColumn(role) {
      const { keep } = options;
      if (!keep || !awake()) return;
      marks.pick(role, async (picked) => {
        const settings = await keep(picked);
        if (settings) {
          page.choose(settings.lists);
          reader.reread();
          marks.refresh('ticks');
        }
        return settings !== null;
      });
    },
    onChange: () =>
      marks.refresh(selection.any() ? 'ticks' : reader.fields().length > 0 ? undefined : 'moved'),
    listen: marks.listen,
    onAim: marks.onAim,
  };
}

/** What the user has marked, in the page or in a frame. */
function selectionIn(document: Document): { text: string; node: Node } | null {
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && selection.anchorNode) {
    const text = selection.toString();
    if (text.trim() !== '') return { text: text.slice(0, 20_000), node: selection.anchorNode };
  }
  const frame = document.activeElement;
  const inner = frame && /^I?FRAME$/.test(frame.tagName) ? frameDocument(frame) : null;
  return inner ? selectionIn(inner) : null;
}

/** The focused element, inside open shadow roots and frames. */
function focusedIn(document: Document): Element | null {
  let focused = document.activeElement;
  for (let depth = 0; focused && depth < 20; depth += 1) {
    const inner: Element | null =
      focused.shadowRoot?.activeElement ??
      (/^I?FRAME$/.test(focused.tagName) ? (frameDocument(focused)?.activeElement ?? null) : null);
    if (!inner) break;
    focused = inner;
  }
  return focused && focused.tagName !== 'BODY' ? focused : null;
}
