import type { PageSummary } from '../bridge/messages.ts';
import { numbersIn } from './lists/numbers-in.ts';
import type { Page } from './page.ts';

/** What the popup says of a page: its lists and numbers, and why they are not all there. */
export async function summaryOf(page: Page): Promise<PageSummary> {
  const { reader, region } = page;
  const acts = await page.acts();
  // Asked of a page that is still being read, it would say that there is nobody.
  await page.ready;
  const lists: PageSummary['lists'] = [];
  for (const list of reader.lists().filter((each) => each.people)) {
    let numbers = 0;
    const count = function* (): Generator<undefined, void> {
      for (const found of numbersIn(list, region)) {
        if (found) numbers += found[1].length;
        else yield undefined;
      }
    };
    await reader.run(count());
    lists.push({ list: list.id, rows: list.source.count(), numbers, ticked: acts?.tickedIn(list) ?? 0 });
  }
  const fields = reader.fields().filter((field) => field.filled).length;
  return {
    off: reader.off ?? (acts?.isTakenOut() ? 'taken-out' : null),
    lists,
    numbers: reader.numbers().length + fields,
  };
}
