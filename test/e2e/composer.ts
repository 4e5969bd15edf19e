import type { Page } from 'puppeteer-core';

export interface ShownPerson {
  name: string;
  number: string;
  /** Why nothing is sent to them, or the state of their message; empty otherwise. */
  note: string;
}

/** Text of the matching elements' parts, as a person reads it. */
const peopleIn = (page: Page, list: string): Promise<ShownPerson[]> =>
  page.$$eval(`${list} > li`, (items) =>
    items.map((item) => {
      const text = (selector: string) =>
        item.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
      const chosen = item.querySelector<HTMLSelectElement>('select.person-number')?.selectedOptions[0];
      return {
        name: text('.person-name'),
        number: chosen?.textContent?.trim() ?? text('.person-number'),
        note: text('.person-reason') || text('.state'),
      };
    }),
  );

/** The composer as a person uses it, wherever it stands: side panel, its own window or a tab. Knows no language. */
export const composerOn = (page: Page) => {
  const sending = '.composer:not(.result) ul.people:not(.people-skipped)';
  const skipped = '.composer:not(.result) ul.people-skipped';
  const results = '.composer.result ul.people:not(.people-skipped)';
  return {
    page,
    /** Waits until so many people are listed to be sent to. */
    async receives(count: number) {
      await page.waitForFunction(
        (list: string, wanted: number) => document.querySelectorAll(`${list} > li`).length === wanted,
        {},
        sending,
        count,
      );
    },
    /** Waits until so many people are listed in all, those who get nothing included. */
    async receivesAll(count: number) {
      await page.waitForFunction(
        (lists: string, wanted: number) => document.querySelectorAll(lists).length === wanted,
        {},
        `${sending} > li, ${skipped} > li`,
        count,
      );
    },
    recipients: () => peopleIn(page, sending),
    skipped: () => peopleIn(page, skipped),
    senderName: () => page.$eval('.sender-name', (name) => name.textContent ?? ''),
    /** Chooses the company that it is sent for, by its name; nothing to choose where there is one alone. */
    async chooseCompany(name: string) {
      await page.waitForSelector('.sender-name, .company-choice select');
      const value = await page.$$eval(
        '.company-choice option',
        (options, wanted) =>
          options.map((option) => option as HTMLOptionElement).find(({ text }) => text.startsWith(wanted))
            ?.value,
        name,
      );
      if (value !== undefined) await page.select('.company-choice select', value);
      await page.waitForSelector('.sender-name');
    },
    /** Types the text as a person does, and waits for as many previews as people. */
    async write(text: string) {
      await page.waitForSelector('#text');
      await page.focus('#text');
      await page.keyboard.type(text);
    },
    async replaceText(text: string) {
      await page.$eval('#text', (area) => (area as HTMLTextAreaElement).select());
      await page.focus('#text');
      await page.keyboard.type(text);
    },
    text: () => page.$eval('#text', (area) => (area as HTMLTextAreaElement).value),
    async previews(count: number): Promise<string[]> {
      await page.waitForFunction(
        (wanted: number) => document.querySelectorAll('.bubbles .bubble').length === wanted,
        {},
        count,
      );
      return page.$$eval('.bubbles .bubble', (bubbles) => bubbles.map((bubble) => bubble.textContent ?? ''));
    },
    /** What it all costs, as the composer says it. */
    async facts(): Promise<{ parts: number }> {
      const total = await page.$eval('#parts strong', (strong) => strong.textContent ?? '');
      return { parts: Number(total.replace(/\D/g, '')) };
    },
    async canSend() {
      await page.waitForSelector('button.send:not([disabled])');
    },
    async send() {
      await page.waitForSelector('button.send:not([disabled])');
      await page.click('button.send');
    },
    /** Waits until the server has taken the batch. */
    async accepted() {
      await page.waitForSelector('.composer.result');
    },
    /** Waits until so many messages are listed and all of them are in that state. */
    async all(state: string, count: number) {
      await page.waitForFunction(
        (list: string, wanted: string, many: number) => {
          const states = document.querySelectorAll(`${list} > li .state`);
          return (
            states.length === many && [...states].every((one) => one.classList.contains(`state-${wanted}`))
          );
        },
        {},
        results,
        state,
        count,
      );
    },
    results: () => peopleIn(page, results),
    /** What stands between the user and sending; empty when nothing does. */
    blocks: () =>
      page
        .$eval('#blocks', (blocks) => blocks.textContent?.replace(/\s+/g, ' ').trim() ?? '')
        .catch(() => ''),
  };
};

export type Composer = ReturnType<typeof composerOn>;
