/**
 * What a word beside a number, or in a column's header, says about it:
 * `never` holds for a phone too (its id, model, price, date), `other` names what has numbers of its own (NIP, order).
 */
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
    .replace(
      /[^\W_A-Z](?=[A-Z\u00c0-\u00de])|[\u00df-\u00ff\u0430-\u045f](?=[A-Z\u00c0-\u00de\u0401-\u042f])/g,
      '$& ',
    )
    .replace(/[№#]/g, ' nr ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss');
}

export const wordsOf = (folded: string): string[] =>
  folded.match(/[a-zA-Z\u00c0-\u024f\u0370-\u052f]+/g) ?? [];

/** Beginnings of words, parted by spaces; `$` ends a whole word. Folded, so й and ї stand as и and і. */
const starting = (list: string): RegExp => new RegExp(`^(?:${list.trim().split(/\s+/).join('|')})`);

/** In this order: the first that fits is the meaning. */
const MEANINGS: [Meaning, RegExp][] = [
  ['fax', /fax|faks|факс/],
  ['number', starting('nr$ nry$ numer no$ nos$ num$ numbers?$ nummern?$ cislo номер')],
  [
    'phone',
    /telef|phone|handy|komork|rufnum|телеф|^(?:tele?$|telno|tlf$|fon$|ph$|ruf$|movil|celul|puhelin|talrun|kom$|mob|gsm|sms|cell|msisdn|whats|viber|festnetz|fernspr|stacjonar|landline|infolini|hotline|тел$|моб|стільник|сот|смс)/,
  ],
  ['contact', /kontakt|contact|контакт|dzwon|^(?:call|dial$|anruf|дзвон|подзвон|звон|позвон)/],
  [
    'never',
    starting(`ids?$ ident kennung u?uid$ guid$ imei$ imsi$ pin$ puk$ mac$ ip$ data$ dat[ay]$ dates?$ fecha datum dni[ua]$ dzien$
      czas time godz hour zeit uhr rok$ year jahr termin deadline kwot castk mont import[eo]$ cen[ay]$ price koszt cost kosten oplat wartos
      value sum[ay]$ summe amount betrag preis total netto$ brutto$ saldo balance rabat liczb ilos liczni count qty$
      quantit menge anzahl kody?$ kodu codes?$ plz$ psc$ postleit zip$ postal kierunkow seri seryj model wersj v$ organizac
      .+(?:datum|betrag|preis|summe|zahl|kosten|zeit)$ obrot naleznos budzet budget limit
      wymiar rozmiar wag[ai]$ przebieg login$ token haslo$ wyswietl
      стан$ ідент идент дат[аиу]$ час$ время рік$ год$ сум[аиу] цін цен варт кільк колич коду?$ індекс индекс сері`),
  ],
  [
    'text',
    starting(`uwag opis komentarz notat tresc tekst wiadomos dane$ szczegol info adres desc comment notes?$ remark
      message text details address bemerk beschreib notiz anschrift опис комент приміт адрес`),
  ],
  [
    'name',
    starting(`imi[eo] nazwisk nazw[ay]$ klient kontrahen odbiorc nadawc pracowni osob kierowc pacjen uczest names?$ surname
      [a-z]+name$ customer client employee persons?$ people recipient kunden?$ mitarbeiter fahrer empfanger ansprech
      ім$ імя прізвищ піб$ фио$ имя фамил клієнт клиент контраг працівн сотруд воді`),
  ],
  [
    'whose',
    starting(`sluzb prywat priv domow alarm awaryj work$ home$ office biur business emergency dienst geschaft notfall
      alternat dodatkow glown primary main$ rodzic opiekun робоч домашн особист pod$ na$ do$ moj nasz for$ to$ my$ mein мі[ий]$ мо[яіїє]$ наш`),
  ],
  [
    'other',
    starting(`nip$ ico$ dic$ nif$ siret regon pesel krs$ vat ust$ ssn$ tax steuer kont[oau]$ rach$ rachun bank iban nrb$ swift account ean$ gtin upc$
      isbn sku$ barcode barkod kresk zam$ zamow zlec rezerw booking bilet order bestell auftrag faktur factur fatt fvs?$ objedn pedido commande invoice rechn paragon receipt platnos
      payment zahlung przelew transa paczk przesyl przewoz parcel shipm track sendung umow contract vertrag polis policy
      szkod zgloszen wnios reklamac spraw[ay] sygnat ticket case$ kart[ay]$ karten?$ cards?$ dowod paszport pass legitym pojazd vin$ rejestr
      symbol indeks index produkt product artyk artik art$ item towar magazyn dokum docum ref$ refer record rekord lp$ pozycj ewidenc
      .+(?:nummer|nr|schein)$ sn$ serial parti[ai]$ lot$ kontener ladun
      pozwol licznik
      spotkan viewer anydesk skype gg$ іпн інн инн ипн рнокпп єдрп едрп пдв ндс рахун счет банк замовл заказ наклад ттн посил догов картк
      карта паспорт артикул товар докум`),
  ],
];

/** The meaning of one folded word; '' when it says nothing. */
export const meaningOf = (word: string): Meaning => MEANINGS.find(([, said]) => said.test(word))?.[0] ?? '';
