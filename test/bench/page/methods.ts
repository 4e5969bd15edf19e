import { readPage } from '../../../extension/page/index.ts';

/** What the reader is held against, each called once on a fresh page. All answer how much they found. */
const methods = {
  /** Ours, the whole page at once. */
  reader: () => {
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
