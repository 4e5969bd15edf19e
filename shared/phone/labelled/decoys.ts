import type { Chance } from './chance.ts';
import type { LabelledColumn } from './columns.ts';

/** Sum of digit × weight, the test's own, so that the rules are not tested by themselves. */
const sum = (digits: string, weights: number[]) =>
  weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
const two = (n: number) => String(n).padStart(2, '0');

export function nip(luck: Chance): string {
  for (;;) {
    const head = luck.between(1, 9) + luck.digits(8);
    const check = sum(head, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    if (check < 10 && head.slice(1, 3) !== '00') return head + check;
  }
}
const asNip = (luck: Chance) => {
  const d = nip(luck);
  return luck.of([
    d,
    `PL${d}`,
    `${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6, 8)}-${d.slice(8)}`,
    `${d.slice(0, 3)}-${d.slice(3, 5)}-${d.slice(5, 7)}-${d.slice(7)}`,
    `${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6, 8)} ${d.slice(8)}`,
  ]);
};
/** Begins like a mobile, as every seventh REGON would. */
export const regon = (luck: Chance) => {
  const head = luck.of(['60', '50', '51', '53', '72', '79', '88', '69', '38', '14']) + luck.digits(6);
  return `${head}${(sum(head, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10}`;
};
export const pesel = (luck: Chance) => {
  const late = luck.is(0.2);
  const head = `${two(luck.between(late ? 0 : 40, late ? 20 : 99))}${two(luck.between(1, 12) + (late ? 20 : 0))}${two(luck.between(1, 28))}${luck.digits(4)}`;
  return `${head}${(10 - (sum(head, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
};
export const account = (luck: Chance) => {
  const bban = luck.digits(24);
  const check = two(98 - Number(BigInt(`${bban}252100`) % 97n));
  const nrb = `${check}${bban}`;
  const spaced = nrb.replace(/^(..)|(....)/g, '$1$2 ').trim();
  return luck.of([`PL${spaced}`, spaced, nrb, `PL${nrb}`]);
};
export const ean = (luck: Chance) => {
  const head = luck.of(['590', '400', '544', '978', '489', '380']) + luck.digits(9);
  return `${head}${(10 - (sum(head, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10}`;
};
export const date = (luck: Chance) => {
  const [y, m, d] = [luck.between(1950, 2029), luck.between(1, 12), luck.between(1, 28)];
  return luck.of([
    `${y}-${two(m)}-${two(d)}`,
    `${two(d)}.${two(m)}.${y}`,
    `${d}.${m}.${y}`,
    `${two(d)}-${two(m)}-${y}`,
    `${m}/${d}/${y}`,
    `${y}-${two(m)}-${two(d)} ${two(luck.between(0, 23))}:${two(luck.between(0, 59))}:${two(luck.between(0, 59))}`,
    `${two(d)}.${two(m)}.${y} ${two(luck.between(0, 23))}:${two(luck.between(0, 59))}`,
    `${y}-${two(m)}-${two(d)}T10:22:33.123Z`,
  ]);
};
export const money = (luck: Chance) => {
  const whole = luck.of([3, 5, 6, 7, 9]);
  const digits = luck.between(1, 9) + luck.digits(whole - 1);
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, luck.of([' ', '\u00a0', '.', '']));
  return `${grouped},${luck.digits(2)}${luck.of([' zł', ' PLN', '', ' EUR', ' €', ' грн'])}`;
};
export const order = (luck: Chance) =>
  luck.of([
    `ZS/${luck.digits(6)}/2026`,
    `FV/${luck.digits(9)}/${luck.digits(2)}`,
    `FV ${luck.digits(4)}/05/2026`,
    `PO-${luck.digits(9)}`,
    `ZAM${luck.of(['60', '50', '72'])}${luck.digits(7)}`,
    `#${luck.digits(9)}`,
    `2026/${luck.digits(6)}/A`,
  ]);
export const mobileLikeId = (luck: Chance) => luck.of(['60', '50', '51', '72', '79', '88']) + luck.digits(7);
export const uuid = (luck: Chance) => {
  const hex = Array.from({ length: 32 }, () => luck.between(0, luck.is(0.7) ? 9 : 15).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
export const ip = (luck: Chance) => Array.from({ length: 4 }, () => luck.between(0, 255)).join('.');
export const place = (luck: Chance) =>
  `${luck.between(49, 54)}.${luck.digits(7)}${luck.of([', ', ' ', ','])}${luck.between(14, 24)}.${luck.digits(7)}`;
export const card = (luck: Chance) =>
  `4${luck.digits(3)} ${luck.digits(4)} ${luck.digits(4)} ${luck.digits(4)}`;
export const parcel = (luck: Chance) =>
  luck.of([luck.digits(24), `${luck.digits(13)}U`, `00${luck.digits(18)}`, `6${luck.digits(23)}`]);

/** Headers under which cells of this kind stand; all of them say that there is no phone here. */
const KINDS: [string, (luck: Chance) => string][] = [
  ['NIP|Nr NIP|NIP klienta|VAT number|Tax ID|USt-IdNr.|Steuernummer|ІПН|Numer NIP', asNip],
  ['REGON|Nr REGON|Regon|ЄДРПОУ|Numer REGON', regon],
  ['PESEL|Nr PESEL|pesel', pesel],
  [
    'Nr konta|Konto bankowe|IBAN|Rachunek bankowy|Account number|Kontonummer|Numer rachunku|Nr rachunku|Рахунок|Bank account',
    account,
  ],
  ['EAN|Kod EAN|Barcode|GTIN|Kod kreskowy|ISBN|EAN13|Штрих-код', ean],
  [
    'Data zamówienia|Data|Data urodzenia|Date|Created date|Geburtsdatum|Datum|Дата|Termin płatności|Data ostatniego telefonu|Last call date|Data wysłania SMS',
    date,
  ],
  ['Kwota|Cena|Wartość netto|Amount|Price|Total|Betrag|Preis|Сума|Ціна|Saldo|Kwota brutto|Koszt SMS', money],
  [
    'Nr zamówienia|Zamówienie|Order no|Order number|Bestellnummer|Auftragsnummer|Номер замовлення|Nr faktury|Faktura|Invoice #|Rechnungsnr.|PO number|Nr dokumentu',
    order,
  ],
  [
    'Nr zamówienia|Order ID|Nr faktury|Nr klienta|Kundennummer|Customer no|Nr umowy|Numer sprawy|Ticket|Bestellnr.|Замовлення',
    mobileLikeId,
  ],
  [
    'Identyfikator|ID|Id|id|Lp.|UserID|user_id|Phone ID|ID telefonu|Contact ID|Id kontaktu|ID SMS|Kennung|Ідентифікатор|Symbol|SKU|ClientId',
    mobileLikeId,
  ],
  [
    'Fax|Faks|FAX|Nr faksu|Numer faksu|Telefax|Faxnummer|Fax number|Факс|Faks służbowy',
    (luck) => `${luck.of(['22', '12', '61', '58'])} ${luck.digits(3)} ${luck.digits(2)} ${luck.digits(2)}`,
  ],
  ['Kod pocztowy|Kod|ZIP|Postal code|PLZ|Індекс|Postcode', (luck) => `${luck.digits(2)}-${luck.digits(3)}`],
  ['UUID|GUID|Identyfikator', uuid],
  ['IP|Adres IP|IP address', ip],
  ['Nr karty|Card number|Kartennummer', card],
  ['Nr przesyłki|Tracking number|Nr listu przewozowego|Sendungsnummer|ТТН', parcel],
  [
    'IMEI|Nr seryjny|Serial number|Seriennummer|IMEI telefonu|Nr seryjny telefonu',
    (luck) => luck.of([luck.digits(15), mobileLikeId(luck)]),
  ],
  ['Nr dowodu|Nr paszportu|Passport', (luck) => luck.of([`ABC${luck.digits(6)}`, `AB${luck.digits(7)}`])],
  [
    'Nr szkody|Nr polisy|Policy number|Liczba telefonów|Kod telefonu|Model telefonu',
    (luck) => luck.of(['60', '51']) + luck.digits(7),
  ],
];

export function decoyColumn(luck: Chance): LabelledColumn {
  const [headers, make] = luck.of(KINDS);
  return {
    header: luck.of(headers.split('|')),
    cells: Array.from({ length: luck.between(1, 25) }, () => ({ text: make(luck), numbers: [] })),
  };
}

/** What tells itself without any header; one column has one notation, as in real systems. */
const SELF_TELLING: ((luck: Chance) => string)[] = [
  asNip,
  pesel,
  account,
  ean,
  date,
  money,
  order,
  uuid,
  ip,
  place,
  card,
  parcel,
  regon,
];

export function headlessDecoyColumn(luck: Chance, headers: readonly string[]): LabelledColumn {
  const size = luck.between(4, 25);
  const header = luck.of(headers);
  if (luck.is(0.15)) {
    const first = Number(mobileLikeId(luck));
    const step = luck.between(1, 40);
    const cells = Array.from({ length: size }, (_, i) => ({
      text: String(first + i * step + luck.between(0, step - 1)),
      numbers: [],
    }));
    return { header, cells };
  }
  if (luck.is(0.15)) {
    // Whole amounts and counts of nine digits, evenly spread over their range.
    const between = luck.of(['', ' ', '-']);
    const amount = () => [luck.between(1, 9) + luck.digits(2), luck.digits(3), luck.digits(3)].join(between);
    return { header, cells: Array.from({ length: size + 6 }, () => ({ text: amount(), numbers: [] })) };
  }
  const make = luck.of(SELF_TELLING);
  return { header, cells: Array.from({ length: size }, () => ({ text: make(luck), numbers: [] })) };
}
