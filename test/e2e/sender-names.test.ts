import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../../scripts/office.ts';
import { launch, type Nadpis } from './browser.ts';
import { composerOn } from './composer.ts';
import { type SettingsPage, settingsOn, signInWith } from './settings-page.ts';
import { troubles } from './troubles.ts';

const day = 86_400_000;

/** The acceptance of sender names as a user judges it, in a real browser over a whole server with a clock to move. */
describe.each([false, true])('sender names in chromium, CRM module: %s', (hasCrm) => {
  let office: Office;
  let nadpis: Nadpis;
  let settings: SettingsPage;
  beforeEach(async () => {
    office = await openOffice({ hasCrm });
    nadpis = await launch('chromium', { language: 'pl' });
    await signInWith(nadpis, office);
    settings = settingsOn(await nadpis.open('options.html#sender-names'));
  }, 240_000);
  afterEach(async () => {
    await nadpis?.close();
    office?.stop();
  });

  /** In the program scope somebody's stamp is chosen; a company has its own. */
  const add = async (name: string, form = 'Dodaj nową nazwę nadawcy', whose: string | null = 'com_1') => {
    await settings.press(form);
    await settings.fill('Nazwa nadawcy', name);
    if (whose !== null) await settings.choose('Firma, która składa oświadczenie', whose);
    await settings.holds('NIP', '8567346215');
    await settings.tick('Akceptuję treść oświadczenia');
    await settings.tick('Mam prawo reprezentować właściciela nazwy');
  };
  const answer = async (reply: string) => {
    const summary = await settings.page.waitForSelector('details.answer:not([open]) summary');
    await summary?.click();
    await settings.tick('nazwa autoryzowana');
    await settings.fill('Treść odpowiedzi operatora', reply);
    await settings.press('Zapisz odpowiedź');
    await settings.says(`Notatka: ${reply}`);
  };
  /** What the icon says of sender names. */
  const badge = async () => {
    const target = await nadpis.browser.waitForTarget((one) => one.type() === 'service_worker');
    const worker = await target.worker();
    return worker?.evaluate(() => chrome.action.getBadgeText({}));
  };
  /** Nothing wrong in either colours, as the screen stands. */
  const isSound = async () => {
    for (const value of ['light', 'dark']) {
      await settings.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(await troubles(settings.page)).toEqual([]);
    }
  };
  const badgeIs = (text: string) => expect.poll(badge, { timeout: 20_000 }).toBe(text);

  /** Addresses that the page asks its browser to go to, as the browser hears of them. */
  const navigations = async (): Promise<string[]> => {
    const session = await settings.page.createCDPSession();
    const asked: string[] = [];
    await session.send('Page.enable');
    session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url));
    return asked;
  };

  test.skipIf(hasCrm)(
    'scenario 6: without the CRM module the mail program opens; nothing is claimed before "I have sent it"',
    async () => {
      const asked = await navigations();
      await add('Nowak');
      await settings.press('Akceptuję i otwieram program pocztowy');
      await settings.says('Nie wiemy, czy wiadomość wyszła');
      expect(asked.filter((url) => url.startsWith('mailto:'))).toHaveLength(1);
      const url = asked.find((one) => one.startsWith('mailto:')) ?? '';
      expect(url.length).toBeLessThan(2000);
      expect(url).toMatch(/^mailto:zgody@operator\.test\?subject=[\w%.~-]+&body=[\w%.~-]+$/);
      const body = new URLSearchParams(url.slice(url.indexOf('?'))).get('body') ?? '';
      expect(body).toContain('Proszę o autoryzację nazwy nadawcy SMS „Nowak”.\r\n');
      expect(body).toContain('oświadczam, że przysługuje nam prawo do posługiwania się nazwą „Nowak”');
      expect(body).toContain('NIP: 856-734-62-15');
      // The page stands where it stood, and the state is what is known.
      expect(settings.page.url()).toContain('options.html#sender-names');
      await settings.says('oświadczenie przyjęte');
      await badgeIs('!');

      // Without a mail program: the whole text to copy.
      await settings.page.click('details.mail-text summary');
      const copied = await settings.page.$eval('.mail-body', (area) => (area as HTMLTextAreaElement).value);
      await isSound();
      expect(copied.replaceAll('\n', '\r\n')).toBe(body);

      await settings.press('Wiadomość wysłana');
      await settings.says('Odpowiedź przychodzi zwykle do 24 h');
      await badgeIs('…');

      // Scenario 3: until the operator says yes nobody sends, the administrator included.
      const composer = composerOn(await nadpis.open('composer.html?place=window'));
      await composer.chooseCompany('Firma A');
      await settingsOn(composer.page).says(
        'Nazwa „Nowak” czeka na autoryzację od 4 mar 2026, 11:00 (zwykle do 24 h)',
      );
      const batch = {
        companyId: 'com_1',
        text: 'Dzień dobry',
        recipients: [{ reference: '1', number: '600100200', name: '', fields: {} }],
      };
      await expect(office.call('POST', '/v1/batches/preview', batch)).rejects.toThrow(
        'sender-name-not-authorised',
      );
      await composer.page.close();

      await answer('Sprawa 1/2026');
      await settings.says('autoryzowana');
      // Nothing more of the name; what the office lacks now is a package.
      await badgeIs('↓');
    },
    120_000,
  );

  test.skipIf(hasCrm)(
    'scenario 4: each name is refused for its own reason, and nothing typed is replaced',
    async () => {
      await settings.press('Dodaj nową nazwę nadawcy');
      const reasons = {
        FirmaNowak12: 'ma 12 znaków, a może mieć najwyżej 11',
        Żabka: 'U+017B',
        'Sklep-24': 'U+002D',
        Orange: 'to nazwa operatora komórkowego',
        '   ': 'Same spacje to za mało',
        Аbc: 'U+0410',
      };
      for (const [name, reason] of Object.entries(reasons)) {
        await settings.fill('Nazwa nadawcy', name);
        await settings.says(reason);
        expect(
          await settings.page.$eval('.name-line input', (input) => (input as HTMLInputElement).value),
        ).toBe(name);
        expect(await settings.isDisabled('Akceptuję i otwieram program pocztowy')).toBe(true);
      }
      await isSound();
      await settings.fill('Nazwa nadawcy', 'Firma Nowak');
      await settings.says('iPhone pokaże ją bez spacji: FirmaNowak');
    },
    120_000,
  );

  test.skipIf(hasCrm)(
    'scenarios 8–10: two scopes, a name chosen with the keyboard, and one change in 30 days',
    async () => {
      await add('GrupaNowak');
      await settings.press('Akceptuję, wyślę później');
      await settings.press('Wiadomość wysłana');
      await answer('Tak');

      await settings.go('company-sms');
      await settings.choose('Firma', 'com_3');
      await settings.says('z programu');
      await add('NowakSerwis', 'Dodaj nową nazwę nadawcy', null);
      await settings.press('Akceptuję, wyślę później');
      await settings.says('nikt pod nią nie wysyła');
      await settings.says('indywidualna');
      await settings.press('Wiadomość wysłana');
      await answer('Też tak');
      await settings.says('NowakSerwis autoryzowana');
      await settings.press('Wróć do nazwy z programu');
      await settings.page.waitForSelector('dialog[open]');
      await settings.page.click('dialog button.primary');
      await settings.says('z programu');

      // The arrow and its list, by keys alone.
      await settings.page.focus('.menu > button');
      await settings.page.keyboard.press('Enter');
      await settings.page.waitForSelector('[role=menu]:not([hidden]) [data-highlighted]');
      await settings.page.keyboard.press('Enter');
      await settings.page.waitForSelector('dialog[open]');
      await settings.says('nie wymaga oświadczenia ani e-maila');
      await isSound();
      await settings.page.keyboard.press('Tab');
      await settings.page.keyboard.press('Enter');
      await settings.says('indywidualna');
      expect(await settings.isDisabled('Zmień nazwę nadawcy')).toBe(false);

      await settings.go('sender-names');
      await add('NowakNowy', 'Zmień nazwę nadawcy');
      await settings.says('Zmiana obejmie 2 firmy bez własnej nazwy');
      await settings.press('Akceptuję, wyślę później');
      await settings.press('Wiadomość wysłana');
      await isSound();
      await settings.says('najbliżej 3 kwietnia 2026 12:00 CEST');
      expect(await settings.isDisabled('Zmień nazwę nadawcy')).toBe(true);
      expect(await settings.isDisabled('Dodaj nową nazwę nadawcy')).toBe(false);
      await office.forward(30 * day + 1000);
      await settings.page.reload();
      await settings.says('dłużej niż zwykle');
      expect(await settings.isDisabled('Zmień nazwę nadawcy')).toBe(false);
    },
    120_000,
  );

  test.runIf(hasCrm)(
    'scenarios 5 and 7: closed without a mail account; with it one mail goes out though clicked twice',
    async () => {
      const asked = await navigations();
      await settings.says('Konfiguracja SMS jest wyłączona');
      expect(await settings.isDisabled('Dodaj nową nazwę nadawcy')).toBe(true);
      await settings.page.click('main a[href="#mail-account"]');
      await settings.fill('Serwer SMTP', '127.0.0.1');
      await settings.choose('Zabezpieczenie', 'none');
      await settings.fill('Port', String(office.mailPort));
      await settings.fill('Użytkownik', 'biuro');
      await settings.fill('Hasło', 'tajne');
      await settings.fill('Adres nadawcy', 'biuro@nowak.test');
      await settings.press('Zapisz');
      await settings.press('Wyślij próbny e-mail do mnie');
      await settings.says('Serwer przyjął wiadomość');

      await settings.go('sender-names');
      await settings.press('Dodaj nową nazwę nadawcy');
      await settings.fill('Nazwa nadawcy', 'Nowak');
      await settings.choose('Firma, która składa oświadczenie', 'com_1');
      await settings.holds('NIP', '8567346215');
      await settings.tick('Akceptuję treść oświadczenia');
      await settings.tick('Mam prawo reprezentować właściciela nazwy');
      await settings.fill('NIP', '8567346216');
      await settings.says('błędną cyfrę kontrolną');
      expect(await settings.isDisabled('Akceptuję i wysyłam do operatora')).toBe(true);
      await settings.fill('NIP', '8567346215');
      await settings.tick('Akceptuję treść oświadczenia');
      await settings.press('Akceptuję i wysyłam do operatora', 2);
      await settings.says('Odpowiedź przychodzi zwykle do 24 h');
      const letters = await office.letters();
      expect(letters.map(({ recipients }) => recipients)).toEqual([
        ['anna@org1.test'],
        ['zgody@operator.test', 'anna@org1.test'],
      ]);
      expect(asked.filter((url) => url.startsWith('mailto:'))).toEqual([]);

      // On paper: a page of its own, as the server styles it.
      await settings.page.click('details.papers summary');
      const opened = nadpis.browser.waitForTarget((target) => target.url().startsWith('blob:'));
      await settings.press('Otwórz do druku');
      const paper = await (await opened).page();
      await paper?.waitForFunction(() => document.adoptedStyleSheets.length === 1);
      expect(await paper?.evaluate(() => document.body.textContent)).toContain('Data i podpis');
      expect(await paper?.evaluate(() => getComputedStyle(document.body).maxWidth)).not.toBe('none');
    },
    120_000,
  );
});
