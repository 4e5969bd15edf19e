const locales = { pl: 'pl-PL', en: 'en-GB' } as const;
type Language = keyof typeof locales;

const days = formats({ dateStyle: 'long' });
const moments = formats({
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

const minute = 60_000;

/** The day in Poland: `1 lipca 2026`. `at` in milliseconds since the epoch. */
export function warsawDay(at: number, language: Language): string {
  return days[language].format(at);
}

/**
 * A moment in Poland with its zone, since summer and winter time share an hour each October: `1 lipca 2026 12:00 CEST`.
 * Rounded up to the minute: who comes back at the time shown is never too early. `at` in milliseconds since the epoch.
 */
export function warsawMoment(at: number, language: Language): string {
  return moments[language].format(Math.ceil(at / minute) * minute);
}

function formats(options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> {
  const inPoland = { ...options, timeZone: 'Europe/Warsaw' };
  return {
    pl: new Intl.DateTimeFormat(locales.pl, inPoland),
    en: new Intl.DateTimeFormat(locales.en, inPoland),
  };
}
