/**
 * What the script that reads a page lends to those that underline and act in it, which come after it into the same world. The build
 * of the second (`scripts/lent-modules.ts`) finds these here instead of bringing them along once more, so what is chosen
 * or known is known to both. Only names that stand here can be imported from these modules by the second script.
 */

export { readHeader, readText } from '../../shared/phone/index.ts';
export { isPhoneField } from './forms/fields.ts';
export { labelOfControl, labelOfValue } from './forms/labels.ts';
export { applyChosenColumns, nameOfColumn, placeOfList, sharedColumns } from './lists/chosen.ts';
export { cellText, dialledBy, sampled, tickIn } from './lists/columns.ts';
export { renewList } from './lists/find.ts';
export { hash, placeOf } from './lists/identity.ts';
export { rowIds } from './lists/keys.ts';
export { readListCell } from './lists/read.ts';
export { addNumbers, bestFirst, captured, numbersOf } from './numbers/found.ts';
export { hasWord, isProper, letters } from './numbers/letters.ts';
export { dialLinks } from './numbers/links.ts';
export { looseAt, readRun } from './numbers/loose.ts';
export { climb, elementOf, isElement, isText, parentOf } from './numbers/nodes.ts';
export { mayShowNumber } from './numbers/prefilter.ts';
export { runAround } from './numbers/runs.ts';
export { isInline, isShown, isSilent, lineOf, oneLine, shownValue, textOf } from './numbers/text.ts';
export { frameDocument } from './roots.ts';
