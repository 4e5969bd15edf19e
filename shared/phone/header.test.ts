import { describe, expect, it } from 'vitest';
import { type HeaderSays, readHeader } from './index.ts';

const SAYS: Record<HeaderSays, string> = {
  phone: `Telefon|TELEFON 2|Tel.|Tel. kom.|tel_kom|Nr kom.|Nr tel.|Numer telefonu|Komórka|GSM|SMS|Numer SMS|Odbiorca SMS|Tel. / e-mail
    Telefon / Fax|Tel/Fax|Nr telefonu do zamówienia|Zamówienie (tel.)|Telefon do kuriera|PESEL / telefon|Kom. służbowa|Nr tel. / GG
    Phone|Phone #|phoneNumber|customer_phone|Mobile no|Cell|Work phone|Day phone|Order phone|Account phone|Phone Number (Home)|MSISDN
    Handy|Handy-Nr.|Mobilnummer|Mobilfunk|Rufnummer|Telefonnummer|Tel. privat|Festnetz|Teléfono|Téléphone|Mobilní telefon
    Телефон|Тел.|Моб.|Мобільний|Номер телефону|Контактний телефон|Номер тел.|Мобильный`,
  contact: `Kontakt|Numer kontaktowy|Osoba kontaktowa|Dodatkowy numer|Numer opiekuna|Contact|Contact No.|Emergency number|Kontaktnummer
    Notfallkontakt|Контакт|Контактний номер`,
  decoy: `Fax|Faks|Telefaks|Nr faksu|Факс|NIP|Nr NIP|REGON|PESEL|Nr konta|Nr rachunku|IBAN|EAN|Kod kreskowy|Data|Data urodzenia|Data SMS
    Data ostatniego telefonu|Kwota|Cena|Wartość|Koszt SMS|Nr zamówienia|Zam. nr|Nr faktury|Identyfikator|ID|Id klienta|Lp.|Kod pocztowy|IP|UUID
    ID telefonu|Phone ID|phone_id|TelID|SMS ID|IMEI telefonu|Model telefonu|Nr seryjny telefonu|Cena telefonu|Liczba telefonów|Phone code
    Komórka organizacyjna|Zamówienie telefoniczne|Order #|Order number|Invoice No.|Customer ID|Account number|Amount|Price|Date of birth|Zip|VAT ID
    Kundennummer|Rechnungsnr.|Bestellnummer|Betrag|Datum|PLZ|USt-IdNr.|Steuer-ID|Дата|Сума|Ціна|Номер замовлення|Код ЄДРПОУ|ІПН|Рахунок|Індекс`,
  doubt: 'Nr albumu|Numer klienta|Customer No.|Employee number|Nr prawa jazdy',
  text: 'Uwagi|Opis zamówienia|Notatki|Komentarz|Adres|Comments|Bemerkung|Опис|Примітка',
  name: 'Imię i nazwisko|Nazwisko|Klient|Kontrahent|Odbiorca|Full name|firstName|Customer|Account name|Kunde|Mitarbeiter|ПІБ|Прізвище|Клієнт',
  neutral: '|Numer|Nr|#|Status|E-mail|Work|123|…|L.p.',
};

describe('a header or a label says', () => {
  for (const [says, headers] of Object.entries(SAYS)) {
    it(`${says}, in Polish, English, German and Ukrainian`, () => {
      const wrong = headers
        .split(/[|\n]/)
        .map((header) => header.trim())
        .filter((header) => readHeader(header).says !== says);
      expect(wrong).toEqual([]);
    });
  }

  it('that its numbers are mobiles, or stand among other things', () => {
    expect(readHeader('Tel. kom.')).toEqual({ says: 'phone', mixed: false, mobile: true });
    expect(readHeader('Telefon')).toEqual({ says: 'phone', mixed: false, mobile: false });
    expect(readHeader('NIP / telefon')).toMatchObject({ says: 'phone', mixed: true });
    expect(readHeader('Telefon / Fax')).toMatchObject({ says: 'phone', mixed: false });
  });

  it('nothing more, however long it is', () => {
    expect(readHeader('x'.repeat(1_000_000)).says).toBe('neutral');
    expect(readHeader('/'.repeat(1_000_000)).says).toBe('neutral');
  });
});
