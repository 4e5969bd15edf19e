import { isElement } from '../numbers/nodes.ts';
import type { ListSource } from './list.ts';

/** What makes a list the same list after its elements were re-created. */

/** FNV-1a, 53 bits in two halves, as text: short, stable, good enough to tell rows of one list apart. */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + at), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/** Lists are told apart by where they stand and by what their columns are called. */
export function listIdentity(source: ListSource, place: string, taken: ReadonlySet<string>): string {
  const own = source.root.getAttribute('id') ?? '';
  const stem = hash(
    [
      place,
      source.kind,
      /\d{3,}/.test(own) ? '' : own,
      ...source.headers.map((header) => `${header.group}/${header.text}`),
    ].join('\n'),
  );
  for (let nth = 0; ; nth += 1) {
    const id = nth === 0 ? stem : `${stem}.${nth}`;
    if (!taken.has(id)) return id;
  }
}

/** The address that a list lives at: paging and filters in the query do not make it another list. */
export function placeOf(root: Node): string {
  const location = (isElement(root) ? root.ownerDocument : (root as Document)).defaultView?.location;
  if (!location) return '';
  const route = /^#!?\/[^?]*/.exec(location.hash)?.[0] ?? '';
  return location.pathname + route;
}
