import type { StatementTexts } from './statement.ts';

/**
 * Oświadczenie właściciela, wersja robocza: do zastąpienia przez prawnika. Zmiana któregokolwiek tekstu wymaga nowej
 * wersji w statement.ts. Pola: {company} {address} {nip} {name} {signatory} {email} {date}.
 */
const declaration =
  'Działając w imieniu {company}, {address}, NIP {nip}, oświadczam, że przysługuje nam prawo do posługiwania się ' +
  'nazwą „{name}” i zezwalam na wykorzystywanie jej jako nazwy nadawcy wiadomości SMS wysyłanych w naszym imieniu.';
const signature = 'Osoba składająca: {signatory}, {email}, {date}.';

export const statementPl: StatementTexts = {
  title: 'Oświadczenie właściciela nazwy nadawcy SMS',
  text: {
    crm: `${declaration}\n${signature}`,
    'without-crm': `${declaration}\nOświadczenie przesyłam z własnej skrzynki pocztowej.\n${signature}`,
  },
  subject: 'Oświadczenie właściciela nazwy nadawcy SMS: {name}',
  request: 'Proszę o autoryzację nazwy nadawcy SMS „{name}”.',
  details: 'Nazwa nadawcy: {name}\nFirma: {company}\nAdres: {address}\nNIP: {nip}',
};
