import { numbersIn, readPage } from '../../../extension/page/index.ts';

/** What the reader is held against, each called once on a fresh page. All answer how much they found. */
const methods = {
  /** Ours, the whole page and every number of every row at once: all that the library is asked for, too. */
  reader: () => {
    const { lists, numbers, fields } = readPage(document);
    let found = numbers.length + fields.length;
    for (const list of lists) for (const cell of numbersIn(list, 'PL')) found += cell?.[1].length ?? 0;
    return found;
  },
  /** Ours as a page is first read: lists and columns are known, and a row's cells are read when somebody needs them. */
  firstRead: () => {
    const { lists, numbers, fields } = readPage(document);
    return lists.reduce((all, list) => all + list.rows, 0) + numbers.length + fields.length;
  },
  /** The floor: every text node is visited and its text read, and nothing is looked for. */
  walker: () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let length = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      length += node.nodeValue?.length ?? 0;
    return length;
  },
};

Object.assign(globalThis, { nadpisBench: methods });
