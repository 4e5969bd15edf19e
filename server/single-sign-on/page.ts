import { html } from 'hono/html';
import type { Language } from '../session/rules.ts';

const words = {
  pl: {
    title: 'Logowanie do Nadpis',
    enter: 'Wpisz ten kod w Nadpis, tam, gdzie podano adres',
    once: 'Kod jest ważny 10 minut i działa jeden raz. Tę kartę można potem zamknąć.',
    warn: 'Jeśli to nie Ty zaczynasz teraz logowanie, zamknij tę kartę i nie podawaj kodu nikomu.',
    failed: 'Nie udało się zalogować',
    again: 'Wróć do Nadpis i spróbuj jeszcze raz. Jeśli to się powtarza, pokaż ten opis administratorowi:',
  },
  en: {
    title: 'Signing in to Nadpis',
    enter: 'Enter this code in Nadpis, where you gave the address',
    once: 'It is valid for 10 minutes and works once. You can close this tab afterwards.',
    warn: 'If it is not you who is signing in right now, close this tab and give the code to nobody.',
    failed: 'You could not be signed in',
    again: 'Go back to Nadpis and try again. If it happens again, show this to your administrator:',
  },
} as const;

/** What the page may do: show itself. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

type Html = ReturnType<typeof html>;

/** The end of the provider's way: the code, to be entered where the sign-in began. */
export const codePage = (language: Language, email: string, code: string): Html => {
  const { title, enter, once, warn } = words[language];
  return page(
    language,
    title,
    html`<p>${enter} <strong>${email}</strong>:</p>
      <p class="code">${code}</p>
      <p>${once}</p>
      <p class="quiet">${warn}</p>`,
  );
};

export const failedPage = (language: Language, detail: string): Html => {
  const { failed, again } = words[language];
  return page(language, failed, html`<p>${again}</p><p class="quiet">${detail}</p>`);
};

const page = (language: Language, title: string, content: Html): Html => html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <meta name="nadpis" content="off" />
    <title>${title}</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 12vh auto; padding: 0 1.25rem; }
      h1 { font-size: 1.4rem; }
      .code { font-size: 2.4rem; font-weight: 650; letter-spacing: 0.15em; font-variant-numeric: tabular-nums; margin: 0.5rem 0; }
      .quiet { opacity: 0.75; overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`;
