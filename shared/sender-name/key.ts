/**
 * What sender names are compared by (R10b): without case, spaces trimmed and runs of them collapsed to one. "Firma Nowak"
 * and "firma  nowak" are one name, "FirmaNowak" is another: the rule collapses spaces and does not remove them.
 */
export function senderNameKey(name: string): string {
  return collapseSpaces(name).toLowerCase();
}

/** Trimmed, and runs of spaces made one. Only U+0020: any other white space is for the rules to refuse. */
export function collapseSpaces(text: string): string {
  return trimSpaces(text).replace(/ {2,}/g, ' ');
}

/** Without leading and trailing spaces (U+0020). A loop, because ` +$` would take quadratic time on inner spaces. */
export function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return text.slice(start, end);
}
