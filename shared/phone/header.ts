import { fold, type Meaning, meaningOf, wordsOf } from './words.ts';

/**
 * What a column's header or a field's label promises:
 * `phone` it says so · `contact` maybe · `decoy` numbers of something else · `doubt` a number of something unnamed ·
 * `text` prose that may hold a number · `name` who it is · `neutral` it says nothing.
 */
export type HeaderSays = 'phone' | 'contact' | 'decoy' | 'doubt' | 'text' | 'name' | 'neutral';

/** A header may list several things: `Tel. / e-mail`, `Telefon i adres`, `Kontakt (tel.)`. */
const LIST = /[/,;|+&()[\]\n\r]|\s(?:i|oraz|lub|albo|and|or|und|oder|та|и|або|или)\s|\s[-–—]\s/;

function partSays(part: string): HeaderSays | 'fax' {
  const words = wordsOf(part);
  const meanings = words.map(meaningOf);
  const has = (meaning: Meaning) => meanings.includes(meaning);
  const phone = meanings.indexOf('phone');
  if (has('fax')) return phone >= 0 && phone < meanings.indexOf('fax') ? 'phone' : 'fax';
  if (phone >= 0) {
    // "Zamówienie telefoniczne", "umowa telefoniczna": the phone only tells how.
    const adjective =
      has('other') && words.every((word, i) => meanings[i] !== 'phone' || /^telefoniczn/.test(word));
    return has('never') || adjective ? 'decoy' : 'phone';
  }
  if (has('never')) return 'decoy';
  if (has('text')) return 'text';
  if (has('number')) {
    if (has('other')) return 'decoy';
    if (has('contact') || has('whose')) return 'contact';
    return words.length > meanings.filter((meaning) => meaning === 'number').length ? 'doubt' : 'neutral';
  }
  if (has('contact')) return 'contact';
  if (has('name')) return 'name';
  return has('other') ? 'decoy' : 'neutral';
}

export interface Header {
  says: HeaderSays;
  /** The column also holds something else, by its own words: `NIP / telefon`. */
  mixed: boolean;
  /** It says that these are mobiles. */
  mobile: boolean;
}

/** Reads a header, a field's label or its name in code (`customer_phone`, `telKom2`) in Polish, English, German, Ukrainian. */
export function readHeader(header: string): Header {
  const folded = fold(header.slice(0, 200));
  const parts = folded
    .split(LIST)
    .filter((part) => part.trim())
    .map(partSays);
  const first =
    ['phone' as const, 'contact' as const].find((wanted) => parts.includes(wanted)) ??
    parts.find((part) => part !== 'neutral') ??
    'neutral';
  const says = first === 'fax' ? 'decoy' : first;
  return {
    says,
    mixed: parts.includes('decoy'),
    mobile: says === 'phone' && /kom\b|komork|mob|cell|gsm|sms|handy|моб|смс/.test(folded),
  };
}
