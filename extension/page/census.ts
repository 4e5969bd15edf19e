import { dialLinks } from './numbers/links.ts';

/**
 * One pass of the selector engine over a tree, for everything that is recognised by its markup. Each further pass over
 * a table of ten thousand rows would cost as much as reading a column of it.
 */
export interface Census {
  /** Tables and grids, outer before inner. */
  grids: Element[];
  inputs: Element[];
  /** Links that dial. */
  links: Element[];
}

const everything = `table,[role=grid],[role=treegrid],[role=table],input,${dialLinks}`;

export function takeCensus(root: ParentNode): Census {
  const census: Census = { grids: [], inputs: [], links: [] };
  for (const element of root.querySelectorAll(everything)) {
    const tag = element.tagName;
    if (tag === 'INPUT') census.inputs.push(element);
    else if (tag === 'A' || tag === 'AREA') census.links.push(element);
    else census.grids.push(element);
  }
  return census;
}
