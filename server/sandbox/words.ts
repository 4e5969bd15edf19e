import type { Language } from '../session/rules.ts';

/** What the page says, in both languages. Counted words have the three Polish forms: 1, 2–4, 5 and more. */
const words = {
  pl: {
    title: 'Piaskownica',
    lead: 'Te telefony i ta poczta są udawane: nic stąd nie wychodzi.',
    phones: 'Telefony',
    mails: 'Poczta',
    noPhones: 'Jeszcze żaden telefon nic nie dostał.',
    noPhonesHint: 'Wyślij SMS z listy: pojawi się tutaj w tej samej chwili.',
    noMatch: 'Żaden telefon nie pasuje do tego numeru.',
    noMails: 'Jeszcze nic nie przyszło.',
    noMailsHint: 'Tu trafiają kody logowania i oświadczenia do operatora.',
    filter: 'Numer',
    search: 'Pokaż',
    all: 'Wszystkie',
    empty: 'Opróżnij',
    emptySure: 'Usunąć wszystkie wiadomości i listy z piaskownicy?',
    shown: (shown: number, all: number) => `${shown} z ${all}`,
    parts: (count: number) => `${count} ${polish(count, 'część', 'części', 'części')}`,
    characters: (count: number) => `${count} ${polish(count, 'znak', 'znaki', 'znaków')}`,
    states: {
      waiting: 'w drodze',
      delivered: 'doręczono',
      undelivered: 'nie doręczono',
      expired: 'wygasła',
      rejected: 'odrzucono',
      none: 'bez raportu',
    },
    from: 'Od',
    to: 'Do',
    cc: 'Kopia',
    attachments: 'Załączniki',
    noText: 'Ten list nie ma części tekstowej.',
    live: 'na żywo',
    unlive: 'wznawianie połączenia…',
    language: 'English',
    skip: 'Przejdź do telefonów',
  },
  en: {
    title: 'Sandbox',
    lead: 'These phones and this mail are simulated: nothing leaves this machine.',
    phones: 'Phones',
    mails: 'Mail',
    noPhones: 'No phone has received anything yet.',
    noPhonesHint: 'Send an SMS from a list: it appears here at once.',
    noMatch: 'No phone fits this number.',
    noMails: 'Nothing has come yet.',
    noMailsHint: 'Sign-in codes and statements to the operator land here.',
    filter: 'Number',
    search: 'Show',
    all: 'All',
    empty: 'Empty',
    emptySure: 'Remove all texts and mails from the sandbox?',
    shown: (shown: number, all: number) => `${shown} of ${all}`,
    parts: (count: number) => (count === 1 ? '1 part' : `${count} parts`),
    characters: (count: number) => (count === 1 ? '1 character' : `${count} characters`),
    states: {
      waiting: 'on its way',
      delivered: 'delivered',
      undelivered: 'not delivered',
      expired: 'expired',
      rejected: 'rejected',
      none: 'no report',
    },
    from: 'From',
    to: 'To',
    cc: 'Cc',
    attachments: 'Attachments',
    noText: 'This mail has no text part.',
    live: 'live',
    unlive: 'reconnecting…',
    language: 'Polski',
    skip: 'Skip to the phones',
  },
} satisfies Record<Language, unknown>;

export type Words = (typeof words)['pl'];

export const wordsOf = (language: Language): Words => words[language];

function polish(count: number, one: string, few: string, many: string): string {
  if (count === 1) return one;
  const tens = count % 100;
  const ones = count % 10;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? few : many;
}
