import { dialLinks, nameSaid } from './numbers/links.ts';
import { mayShowNumber } from './numbers/prefilter.ts';

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
  /** Elements with a title or an accessible name in which a number may stand. */
  named: Element[];
}

/** A page that names more elements than this says nothing new in the rest. */
const mostNamed = 3_000;

const grids = 'table,[role=grid],[role=treegrid],[role=table]';
/** As few questions as will do, each to be answered with no by elements without attributes: those are most of a long list. */
const everything = `table,input,[role]:is(${grids}),[href]:is(${dialLinks}),[title],[aria-label]`;

export function takeCensus(root: ParentNode): Census {
  const census: Census = { grids: [], inputs: [], links: [], named: [] };
  let names = 0;
  for (const element of root.querySelectorAll(everything)) {
    const tag = element.tagName;
    if (tag === 'INPUT') census.inputs.push(element);
    else if (element.matches(dialLinks)) census.links.push(element);
    else if (element.matches(grids)) census.grids.push(element);
    else {
      names += 1;
      if (names <= mostNamed && mayShowNumber(nameSaid(element))) census.named.push(element);
    }
  }
  return census;
}
