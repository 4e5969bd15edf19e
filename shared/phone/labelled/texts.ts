import type { FoundNumber } from '../index.ts';
import type { Chance } from './chance.ts';
import {
  account,
  card,
  date,
  ean,
  ip,
  mobileLikeId,
  money,
  nip,
  order,
  parcel,
  pesel,
  place,
  regon,
  uuid,
} from './decoys.ts';
import { foreign, polishLandline, polishMobile, type Written } from './numbers.ts';

/** Running text: its numbers in order, and the characters each is shown by. */
export interface LabelledText {
  text: string;
  numbers: (FoundNumber & { shown: string })[];
}

/** `{m}` mobile, `{b}` a mobile of bare digits, `{l}` landline, `{n}` landline that needs its label, `{f}` foreign. */
const WITH_NUMBERS = `Proszę dzwonić: {m} po 16:00
Kontakt {m}, NIP {nip}
Kierowca Jan, tel {b}.
tel. {b}
tel.{b}
tel:{b}
Telefon: {n}
Tel. służb. {n}, kom. {b}
Klient prosi o SMS na {m} lub {m}
Jan Kowalski {m}
Jan Kowalski, {b}, Kraków
Oddzwonić na numer {b} do 12.05.2026
mój numer {b}
Nowy numer: {m} (od {date})
Zadzwoń pod {m}.
Zadzwoń pod nr {b}!
Zamówienie {order}, tel. {m}
Zamówienie {order} z dnia {date}, kontakt: {m}
NIP {nip}, REGON {regon}, tel. {l}, fax {fax}
tel./fax {l}
Konto {account}. Pytania: {m}
ul. Polna 5/12, 00-950 Warszawa, tel. {l}
00-950 Warszawa, {l}
Biuro czynne 8:00-16:00, {l}
Do zapłaty {money}. W razie pytań {m}
Przesyłka {parcel} - kurier {m}
{m}
{l}
{f}
Pan Wasyl {f}
WhatsApp {f}, e-mail jan.600100200@example.com
Infolinia: {l} wew. 12
{l} wew. 295
tel. {n} wew. 5
Phone: {b}
Call me at {m} or {f}
Mobile {b}, order {order}
My number is {m}, thanks
Contact: Anna Nowak, phone {n}
Handy: {b}
Bitte anrufen: {f}
Tel. {f}, Fax {faxf}
Телефон: {f}
моб. {b}
Тел. {f}, ІПН {nip}
Дзвоніть: {m}
Mama {m}, tata {m}
({m})
"{m}"
Numery: {m}; {m}; {m}
T: {n} | M: {b} | F: {fax}
📞 {b}
☎ {l}
{date} {time} rozmowa, nr {m}
[{date}] SMS do {b}: dostarczono
Status: wysłano do {m}, koszt 0,16 zł
Pesel {pesel}, tel. kom. {b}
IP {ip}, telefon {b}
Pokój 12, {m}
Wersja 1.2.3, support {f}
ABC Sp. z o.o.
tel. {l}`
  .replace('ABC Sp. z o.o.\n', 'ABC Sp. z o.o. ')
  .split('\n');

const WITHOUT = `Zamówienie {order} z dnia {date}
Konto {account}
NIP {nip}, REGON {regon}
NIP: {nipd}
REGON: {regon}
regon {regon}
PESEL {pesel}
Faktura {order} na kwotę {money}
Do zapłaty: {money}
Kwota {money} do {date}
Przelew na konto {account}
fax {fax}
Faks: {fax}
Nr zamówienia: {id}
Zamówienie nr {id}
zamówienie {id}
Order {id} shipped on {date}
Order no. {id}
Invoice #{id}
Faktura nr {id}
FV{id}
Nr klienta {id}
ID: {id}
ID {id}
id={id}
#{id}
https://example.pl/klient/{id}
https://example.pl/?tel={id}&x=1
www.example.pl/{id}
jan{id}@example.com
jan.{id}@example.com
plik_{id}.pdf
IMG-{id}.jpg
{uuid}
UUID {uuid}
{ip}
Serwer {ip}:8080
GPS {place}
{place}
{card}
Karta {card}
EAN {ean}
ISBN {ean}
{ean}
Przesyłka {parcel}
Paczka nr {id}
Nr polisy {id}
Umowa {id} z dnia {date}
Sygnatura {id}/2026
Wersja 10.15.7.2024
{date}
{date} {time}
W latach 2019-2026 sprzedano 120 500 300 szt.
Kapitał zakładowy {big} zł
KRS 0000{krs}
Ludność: {big} osób
00-950 Warszawa, ul. Długa 120/145
Wymiary 600 x 400 x 200 mm
Bestellnummer {id}
Rechnung {id}
Kundennummer: {id}
Artikel-Nr. {id}
замовлення {id}
Рахунок № {id}
ЄДРПОУ {regon}
Tracking number {id}
Ticket {id}
Numer seryjny {id}
Serial no {id}
Hash 600100200abcdef
8:00-16:00, 9-17, 10-18
1 234 567 890
VIN WVWZZZ1JZ{id}
Liczba wejść: {id}
{nipd}
{money}
BDO 000{krs}
Dokument WZ {id}
Nr rejestracyjny {id}`.split('\n');

export function labelledText(luck: Chance): LabelledText {
  const numbers: LabelledText['numbers'] = [];
  const put = (written: Written) => {
    const { shown, e164, kind } = written;
    // Marks that nobody sees stand around a number, not in it.
    numbers.push({ e164, kind, shown: shown.replace(/^[\u200e\u202a]+|[\u202c]+$/g, '') });
    return shown;
  };
  const n = nip(luck);
  const makers: Record<string, () => string> = {
    m: () => put(polishMobile(luck, 'telling')),
    b: () => put(polishMobile(luck, 'bare')),
    l: () => put(polishLandline(luck, 'telling')),
    n: () => put(polishLandline(luck, luck.is(0.5) ? 'any' : 'bare')),
    f: () => put(foreign(luck)),
    fax: () => polishLandline(luck, 'any').shown,
    faxf: () => foreign(luck).shown,
    nip: () => n,
    nipd: () => `${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6, 8)}-${n.slice(8)}`,
    regon: () => regon(luck),
    pesel: () => pesel(luck),
    account: () => account(luck),
    date: () => date(luck),
    time: () => `${luck.between(10, 23)}:${luck.between(10, 59)}`,
    money: () => money(luck),
    order: () => order(luck),
    id: () => mobileLikeId(luck),
    uuid: () => uuid(luck),
    ip: () => ip(luck),
    place: () => place(luck),
    card: () => card(luck),
    ean: () => ean(luck),
    parcel: () => parcel(luck),
    big: () => `${luck.between(1, 9)}${luck.digits(2)} ${luck.digits(3)} ${luck.digits(3)}`,
    krs: () => luck.digits(6),
  };
  const template = luck.of(luck.is(0.55) ? WITH_NUMBERS : WITHOUT);
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => makers[name]?.() ?? whole);
  return { text, numbers };
}
