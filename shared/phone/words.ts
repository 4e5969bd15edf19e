/** What a word beside a number, or in a column's header, says about it. */
export type Meaning =
  | 'phone'
  | 'fax'
  | 'never'
  | 'other'
  | 'number'
  | 'contact'
  | 'whose'
  | 'text'
  | 'name'
  | '';

/** Small letters without diacritics; `phoneNumber`, `phone_number` and `№` come apart into words. */
export function fold(text: string): string {
  return text
    .replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ')
    .replace(/[№#]/g, ' nr ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss');
}

export const wordsOf = (folded: string): string[] => folded.match(/\p{L}+/gu) ?? [];

const FAX = /fax|faks|факс/;
const PHONE =
  /telef|phone|^telno|handy|komork|^mobil|^mobiel|^mobitel|rufnum|festnetz|fernspr|stacjonar|landline|cellul|msisdn|whats|viber|телеф|^моб|стільник|сотов|^(?:tele?|tlf|fon|kom|mob|gsm|sms\p{L}{0,2}|cell?|infolini\p{L}|hotline|тел|сот|смс)$/u;
/** Told of a phone too, these are not its number: identifiers, moments, money, counts, codes, hardware. */
const NEVER =
  /^(?:id|ids|ident\p{L}*|u?uid|guid|imei|imsi|iccid|pin|puk|mac|ip|data|dat[ay]|date|dates|datum\p{L}*|dni[ua]|dzien|day|czas\p{L}*|time\p{L}*|godz\p{L}*|hour\p{L}*|zeit\p{L}*|uhrzeit|rok|year|jahr|termin\p{L}*|deadline|kwot\p{L}*|cen[ay]|price|koszt\p{L}*|cost|kosten|oplat\p{L}*|wartosc\p{L}*|value|sum[ay]|summe|amount|betrag|preis|total|netto|brutto|saldo|balance|rabat\p{L}*|liczb[ay]|ilosc\p{L}*|licznik\p{L}*|count|counter|qty|quantity|menge|anzahl|kod\p{L}{0,3}|kody|code|plz|postleit\p{L}*|zip|postal|postcode|kierunkow\p{L}*|serial|seri\p{L}*|serien\p{L}*|model\p{L}*|wersj\p{L}*|version|organizac\p{L}*|ідент\p{L}*|идент\p{L}*|дат[аиу]|час|время|рік|год|сум[аи]|сумма|ціна|цена|варт\p{L}*|кільк\p{L}*|колич\p{L}*|код\p{L}{0,2}|індекс|индекс|серіи\p{L}*|seryjn\p{L}*)$/u;
/** What has numbers of its own: registers, banks, orders, parcels, papers, goods. */
const OTHER =
  /^(?:nip|regon|pesel|krs|vat|ust|utr|ssn|tax|steuer\p{L}*|kont[oau]|kontem|rachun\p{L}*|bank\p{L}*|iban|nrb|bic|swift|account\p{L}*|ean|gtin|upc|isbn|issn|sku|barcode|barkod|kresk\p{L}*|zamowi\p{L}*|zlec\p{L}*|order\p{L}*|bestell\p{L}*|auftrag\p{L}*|faktur\p{L}*|fv|fvs|invoice\p{L}*|rechnung\p{L}*|paragon\p{L}*|receipt|platnos\p{L}*|payment|zahlung|przelew\p{L}*|transakcj\p{L}*|transaction|paczk\p{L}*|przesyl\p{L}*|przewoz\p{L}*|parcel|shipment|tracking|sendung\p{L}*|umow\p{L}*|contract|vertrag\p{L}*|polis[ayę]?|policy|szkod\p{L}*|zgloszen\p{L}*|spraw[ay]|sygnatur\p{L}*|ticket|case|kart[ay]|karte|card|dow[oó]d\p{L}*|paszport\p{L}*|passport|legitymacj\p{L}*|pojazd\p{L}*|vin|rejestr\p{L}*|symbol\p{L}*|indeks\p{L}*|index|produkt\p{L}*|product|artykul\p{L}*|artikel\p{L}*|item|towar\p{L}*|magazyn\p{L}*|dokument\p{L}*|document|ref|reference|referencj\p{L}*|record|rekord\p{L}*|lp|ewidencyj\p{L}*|kundennr|ісбн|іпн|інн|инн|ипн|рнокпп|єдрпоу|едрпоу|егрпоу|пдв|ндс|рахун\p{L}*|счет\p{L}*|банк\p{L}*|замовлен\p{L}*|заказ\p{L}*|накладн\p{L}*|ттн|посилк\p{L}*|договор\p{L}*|договір|договіру|картк\p{L}*|карт[аы]|паспорт\p{L}*|артикул\p{L}*|товар\p{L}*|документ\p{L}*)$|.(?:nummer|nr)$/u;
const NUMBER = /^(?:nr|nry|numer\p{L}{0,3}|no|nos|num|number|numbers|nummer|номер\p{L}{0,2})$/u;
const CONTACT =
  /kontakt|contact|контакт|dzwon|^(?:call\p{L}*|anruf\p{L}*|dial|ring|дзвон\p{L}*|подзвон\p{L}*|звон\p{L}*|позвон\p{L}*|notfallnummer)$/u;
const WHOSE =
  /^(?:sluzb\p{L}*|prywat\p{L}*|priv\p{L}*|domow\p{L}*|alarm\p{L}*|awaryj\p{L}*|work|home|office|biur\p{L}*|business|emergency|dienst\p{L}*|geschaft\p{L}*|notfall|alternat\p{L}*|dodatkow\p{L}*|glown\p{L}*|primary|main|rodzic\p{L}*|opiekun\p{L}*|робоч\p{L}*|домашн\p{L}*|особист\p{L}*|pod|na|do|moj|nasz|for|to|unter|my)$/u;
const TEXT =
  /^(?:uwag\p{L}|opis\p{L}*|komentarz\p{L}*|notat\p{L}*|tresc\p{L}*|tekst|wiadomos\p{L}*|dane|szczegol\p{L}*|info\p{L}*|adres\p{L}*|desc\p{L}*|comment\p{L}*|notes?|remarks?|message|text|details|address\p{L}*|bemerk\p{L}*|beschreib\p{L}*|notiz\p{L}*|anschrift|adresse|опис|коментар\p{L}*|примітк\p{L}*|комментари\p{L}*|адрес\p{L}*)$/u;
const NAME =
  /^(?:imi[eęo]\p{L}?|nazwisk\p{L}*|nazwa|nazwy|klien\p{L}*|kontrahen\p{L}*|odbiorc\p{L}*|nadawc\p{L}*|pracowni\p{L}*|osob[ay]|kierowc\p{L}*|pacjen\p{L}*|uczest\p{L}*|names?|surname|\p{L}+name|customers?|clients?|employee|person|people|recipient|kunden?|mitarbeiter\p{L}*|fahrer|empfanger|ansprechpart\p{L}*|ім|імя|прізвищ\p{L}*|піб|фио|имя|фамили\p{L}*|клієнт\p{L}*|клиент\p{L}*|контрагент\p{L}*|працівни\p{L}*|сотрудни\p{L}*|воді\p{L}*)$/u;

/** The meaning of one folded word; '' when it says nothing. */
export function meaningOf(word: string): Meaning {
  if (FAX.test(word)) return 'fax';
  if (NUMBER.test(word)) return 'number';
  if (PHONE.test(word)) return 'phone';
  if (CONTACT.test(word)) return 'contact';
  if (NEVER.test(word)) return 'never';
  if (TEXT.test(word)) return 'text';
  if (NAME.test(word)) return 'name';
  if (WHOSE.test(word)) return 'whose';
  return OTHER.test(word) ? 'other' : '';
}
