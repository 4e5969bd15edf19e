import { placesIn, rangeOf } from '../numbers/places.ts';
import type { Pointed } from '../pointed.ts';
import type { Selection } from '../selection/selection.ts';
import { type Box, boxOf, isEmpty, meet, seenBox } from './place.ts';

/** Where the number stands that is pointed at: the button goes beside it. */
export function numberBox(at: Pointed): Box {
  const places = at.kind === 'loose' ? at.loose.places : placesIn(at.element, at.numbers);
  const range = places[0] ? rangeOf(places[0]) : null;
  const whole = seenBox(at.element);
  const box = range ? meet(boxOf(range), { ...whole, top: whole.top - 4, bottom: whole.bottom + 4 }) : whole;
  return isEmpty(box) ? whole : box;
}

/** What the button says of it: whose number it is, where that is known. */
export function describe(at: Pointed, selection: Selection): string {
  const shown = at.numbers[0]?.shown ?? '';
  if (at.kind !== 'cell') return shown;
  const { name } = selection.reader(at.list).person(at.row, at.element);
  return name ? `${name}, ${shown}` : shown;
}
