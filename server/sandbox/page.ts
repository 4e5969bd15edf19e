import { html } from 'hono/html';
import { formatNational } from '../../shared/phone/check.ts';
import type { Language } from '../session/rules.ts';
import type { CaughtMail, PhoneText } from './store.ts';
import { type Words, wordsOf } from './words.ts';

export interface SandboxPage {
  language: Language;
  /** What the phones were filtered by; '' when by nothing. */
  number: string;
  texts: PhoneText[];
  allTexts: number;
  mails: CaughtMail[];
  mark: string;
}

type Html = ReturnType<typeof html>;

/** The whole page. Everything that came from outside is escaped by `html`. */
export function sandboxPage(page: SandboxPage): Html {
  const words = wordsOf(page.language);
  const other = page.language === 'pl' ? 'en' : 'pl';
  const number = page.number === '' ? '' : `&number=${encodeURIComponent(page.number)}`;
  return html`<!doctype html>
<html lang="${page.language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="nadpis" content="off" />
    <title>${words.title} · Nadpis</title>
    <link rel="stylesheet" href="/sandbox/sandbox.css" />
    <script type="module" src="/sandbox/sandbox.js"></script>
  </head>
  <body data-mark="${page.mark}">
    <a class="skip" href="#phones">${words.skip}</a>
    <header>
      <div class="brand">
        <span class="logo" aria-hidden="true">N</span>
        <div>
          <h1>Nadpis <span>${words.title}</span></h1>
          <p>${words.lead}</p>
        </div>
      </div>
      <nav class="tools">
        <a class="button jump" href="#mails">${words.mails}</a>
        <span class="live" role="status" hidden data-live="${words.live}" data-unlive="${words.unlive}"></span>
        <a class="button" href="?lang=${other}${number}" lang="${other}" hreflang="${other}">${words.language}</a>
        <button type="button" class="button" id="empty" hidden data-sure="${words.emptySure}">${words.empty}</button>
      </nav>
    </header>
    <main>
      <section id="phones" aria-labelledby="phones-title">
        <div class="bar">
          <h2 id="phones-title">${words.phones}</h2>
          <form method="get" role="search">
            <input type="hidden" name="lang" value="${page.language}" />
            <label for="number">${words.filter}</label>
            <input id="number" name="number" inputmode="tel" autocomplete="off" maxlength="30" value="${page.number}" />
            <button class="button">${words.search}</button>
            ${page.number === '' ? '' : html`<a class="button" href="?lang=${page.language}">${words.all}</a>`}
          </form>
        </div>
        <div id="phone-list" class="phones">${phones(page, words)}</div>
      </section>
      <section id="mails" aria-labelledby="mails-title">
        <div class="bar"><h2 id="mails-title">${words.mails}</h2></div>
        <div id="mail-list" class="mails">
          ${page.mails.length === 0 ? nothing(words.noMails, words.noMailsHint) : page.mails.map((mail) => mailCard(mail, words, page.language))}
        </div>
      </section>
    </main>
  </body>
</html>`;
}

const nothing = (title: string, hint: string): Html =>
  html`<div class="nothing"><strong>${title}</strong><span>${hint}</span></div>`;

/** One phone a number, the one with the newest text first. */
function phones(page: SandboxPage, words: Words): Html | Html[] {
  if (page.texts.length === 0) {
    return page.number === '' ? nothing(words.noPhones, words.noPhonesHint) : nothing(words.noMatch, '');
  }
  const byNumber = Map.groupBy(page.texts, (text) => text.number);
  const list = [...byNumber].map(([number, texts]) => phone(number, texts, words, page.language));
  if (page.texts.length < page.allTexts) {
    list.push(html`<p class="more">${words.shown(page.texts.length, page.allTexts)}</p>`);
  }
  return list;
}

function phone(number: string, texts: PhoneText[], words: Words, language: Language): Html {
  // A thread a sender name, as a phone sorts them; the oldest text on top.
  const threads = [...Map.groupBy(texts, (text) => text.senderName)];
  return html`<article class="phone" data-key="${number}">
    <h3>${formatNational(number)}</h3>
    <div class="screen">
      ${threads.map(
        ([name, thread]) => html`<div class="thread">
          <div class="sender">
            <span class="face" aria-hidden="true">${[...name][0]?.toUpperCase() ?? '?'}</span><strong>${name}</strong>
          </div>
          ${thread.toReversed().map((text) => bubble(text, words, language))}
        </div>`,
      )}
    </div>
  </article>`;
}

function bubble(text: PhoneText, words: Words, language: Language): Html {
  const cost = [words.parts(text.parts), text.encoding].join(' · ');
  return html`<div class="text ${text.state}" data-key="t${text.id}">
    <p lang="pl">${text.text}</p>
    <footer>
      ${moment(text.acceptedAt, language)}
      <span title="${words.characters([...text.text].length)}">${cost}</span>
      <span class="state">${words.states[text.state]}</span>
    </footer>
  </div>`;
}

function mailCard(mail: CaughtMail, words: Words, language: Language): Html {
  return html`<details class="mail" data-key="m${mail.id}">
    <summary>
      <span class="to">${mail.to}</span>${moment(mail.at, language)}
      <strong>${mail.subject}</strong>
    </summary>
    <dl>
      <div><dt>${words.from}</dt><dd>${mail.from}</dd></div>
      <div><dt>${words.to}</dt><dd>${mail.to}</dd></div>
      ${mail.cc === '' ? '' : html`<div><dt>${words.cc}</dt><dd>${mail.cc}</dd></div>`}
      ${
        mail.attachments.length === 0
          ? ''
          : html`<div><dt>${words.attachments}</dt><dd>${mail.attachments.map(attachmentWords).join(', ')}</dd></div>`
      }
    </dl>
    <pre tabindex="0">${mail.text === '' ? words.noText : mail.text}</pre>
  </details>`;
}

const attachmentWords = ({ filename, contentType, bytes }: CaughtMail['attachments'][number]): string =>
  `${filename === '' ? contentType : filename} (${Math.ceil(bytes / 1024)} kB)`;

/** In Polish time, as the recipients live; the whole date is in the title. */
function moment(at: number, language: Language): Html {
  const locale = language === 'pl' ? 'pl-PL' : 'en-GB';
  const zone = { timeZone: 'Europe/Warsaw' } as const;
  const time = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: 'medium' }).format(at);
  const whole = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: 'full', timeStyle: 'medium' }).format(
    at,
  );
  return html`<time datetime="${new Date(at).toISOString()}" title="${whole}">${time}</time>`;
}
