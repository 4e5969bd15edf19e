import type { FoundNumber } from '../index.ts';
import type { Chance } from './chance.ts';
import { foreign, polishLandline, polishMobile, type Written } from './numbers.ts';

/** A column with what is truly in each cell. */
export interface LabelledColumn {
  header: string;
  cells: { text: string; numbers: FoundNumber[] }[];
}

export const PHONE_HEADERS =
  `Telefon|TELEFON|Tel.|tel|Tel. kom.|Tel.kom.|Telefon komórkowy|Komórka|Kom.|Nr telefonu|Nr tel.|Numer telefonu|nr_telefonu
Telefon 1|Telefon2|Telefony|Telefon służbowy|Telefon prywatny|Telefon kontaktowy|Tel. do kontaktu|Nr tel. komórkowego|Telefon / e-mail
Tel. / e-mail|Telefon / Fax|Tel./fax|Nr telefonu do zamówienia|Telefon klienta|Telefon odbiorcy|Numer kom.|Numer komórkowy|GSM|SMS|Telefon SMS
Numer SMS|Telefon do SMS|Kontakt (tel.)|Osoba i telefon|Tel. stacjonarny|Telefon awaryjny|Telefon kierowcy|Tel. do faktury|Telefon (dom)
Phone|Phone number|PHONE NO.|Phone #|Mobile|Mobile phone|Mobile no|Cell|Cell phone|Telephone|Contact phone|phoneNumber|mobile_phone|Work phone
Home phone|Business Phone|Order phone|Customer phone|customerPhone|Billing phone|Account phone|SMS number|WhatsApp|Phone / Email|Emergency contact phone
Handy|Handynummer|Mobil|Mobilnummer|Mobiltelefon|Telefonnummer|Tel.-Nr.|Rufnummer|Telefon privat|Telefon geschäftlich|Diensthandy|Festnetz|Handy-Nr.
Телефон|Тел.|Моб.|Мобільний|Мобільний телефон|Номер телефону|Моб. тел.|Телефон клієнта|Контактний телефон|Тел. водія|телефон/e-mail|Мобильный`.split(
    /[|\n]/,
  );

export const NEUTRAL_HEADERS = [
  '',
  '',
  'Kolumna 3',
  '#',
  'Column 4',
  'Pole 3',
  'F7',
  '—',
  'Spalte 2',
  'Kontakt',
  'Numer',
  'Contact',
  'Контакт',
];

const PLACEHOLDERS = [
  '',
  '-',
  '--',
  '—',
  'n/d',
  'N/A',
  'brak',
  'Brak',
  'nie podano',
  'brak danych',
  '.',
  ' ',
  'none',
  'немає',
  'keine',
  '0',
  '---',
];
const NAMES = [
  'Jan Kowalski',
  'Anna Nowak',
  'p. Ewa',
  'Zenon',
  'mama',
  'Олена',
  'Jürgen',
  'biuro',
  'Firma ABC Sp. z o.o.',
];
const BETWEEN = [
  '; ',
  ', ',
  ' / ',
  '\n',
  ';',
  ',',
  '/',
  ' lub ',
  ' i ',
  ' | ',
  ' oraz ',
  '  ',
  '\r\n',
  ' or ',
];
const LABELS = [
  'tel. ',
  'tel.: ',
  'Tel: ',
  'tel ',
  'kom. ',
  'kom: ',
  'T: ',
  'M: ',
  'mob. ',
  'telefon: ',
  'tel. służb. ',
  'tel. kom. ',
  'GSM ',
  'Phone: ',
  'моб. ',
  'Handy: ',
  'tel.',
  'tel:',
  '☎ ',
  'm: ',
];
const EXTENSIONS = [
  ' wew. 295',
  'wew295',
  ' wew 12',
  ' w. 7',
  ' ext. 12',
  ' ext 5',
  ' x12',
  ' (wew. 33)',
  ', wew. 101',
  ' доб. 5',
];

const found = ({ e164, kind }: Written): FoundNumber => ({ e164, kind });

const anyNumber = (luck: Chance): Written => {
  const at = luck.next();
  if (at < 0.72) return polishMobile(luck, 'any');
  return at < 0.9 ? polishLandline(luck, 'any') : foreign(luck);
};

export function phoneCell(luck: Chance): { text: string; numbers: FoundNumber[] } {
  const at = luck.next();
  if (at < 0.1) return { text: luck.of(PLACEHOLDERS), numbers: [] };
  const one = anyNumber(luck);
  if (at < 0.7) return { text: one.shown, numbers: [found(one)] };
  if (at < 0.77) return { text: luck.of(LABELS) + one.shown, numbers: [found(one)] };
  if (at < 0.86) {
    const two = anyNumber(luck);
    // Two numbers of slashes, or with a slash between numbers of slashes, nobody could tell apart.
    const between = luck.of(
      one.shown.includes('/') || two.shown.includes('/') ? BETWEEN.slice(0, 2) : BETWEEN,
    );
    const wanted = one.e164 === two.e164 ? [found(one)] : [found(one), found(two)];
    return { text: one.shown + between + two.shown, numbers: wanted };
  }
  if (at < 0.9) {
    const name = luck.of(NAMES);
    return {
      text: luck.of([
        `${one.shown} (${name})`,
        `${name} ${one.shown}`,
        `${one.shown} - ${name}`,
        `${name}: ${one.shown}`,
      ]),
      numbers: [found(one)],
    };
  }
  if (at < 0.94) {
    const desk = polishLandline(luck, 'any');
    return { text: desk.shown + luck.of(EXTENSIONS), numbers: [found(desk)] };
  }
  const fax = polishLandline(luck, 'any');
  const label = luck.of(['faks ', 'fax: ', 'fax ', 'faks: ', 'F: ', 'tel. faks ']);
  if (at < 0.97)
    return {
      text: `${one.shown}${luck.of([', ', '; ', ' '])}${label.replace('tel. ', '')}${fax.shown}`,
      numbers: [found(one)],
    };
  if (at < 0.98)
    return { text: `${luck.of(['fax ', 'faks: '])}${fax.shown}; tel. ${one.shown}`, numbers: [found(one)] };
  return {
    text: `${one.shown} ${luck.of(['jan.k@example.pl', 'biuro2024@example.com', 'https://example.pl/k/600100200'])}`,
    numbers: [found(one)],
  };
}

export function phoneColumn(luck: Chance, headers = PHONE_HEADERS): LabelledColumn {
  return {
    header: luck.of(headers),
    cells: Array.from({ length: luck.between(1, 30) }, () => phoneCell(luck)),
  };
}

/** A column as systems really fill it: one notation all the way, few gaps. */
export function uniformColumn(luck: Chance, headers = PHONE_HEADERS): LabelledColumn {
  const how = luck.of(['telling', 'bare', 'bare', 'any'] as const);
  const cells = Array.from({ length: luck.between(4, 30) }, () => {
    if (luck.is(0.08)) return { text: luck.of(PLACEHOLDERS), numbers: [] };
    const one = luck.is(0.9)
      ? polishMobile(luck, how)
      : polishLandline(luck, how === 'any' ? 'telling' : how);
    return { text: one.shown, numbers: [found(one)] };
  });
  return { header: luck.of(headers), cells };
}
