import '../../browser.fixture.ts';

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiKeys, companySending } from '../../bridge/administration-api.ts';
import { api } from '../../bridge/api.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { administrator, choose, hr, overRealServer, press, type } from '../screen.fixture.tsx';
import { HrmEvents } from './events.tsx';
import { HrmScreen } from './hrm.tsx';
import { HrmReport } from './report.tsx';
import { HrmWebhookScreen } from './webhook.tsx';

const server = overRealServer('hrm-notifying');
const company = 'com_demo_nowak';

const card = async (name: string) => {
  const heading = await screen.findByRole('heading', { name });
  return within(heading.closest('li') as HTMLElement);
};
const events = async () => {
  const answer = await hrm.events.list(company);
  return answer.ok ? answer.value : [];
};
const eventOf = async (id: string) => (await events()).find(({ event }) => event === id);

describe('R29: which numbers, in which words, how often', () => {
  test('is settled by an administrator and read by hr', async () => {
    await server.show(HrmScreen, administrator);
    const rules = within(await screen.findByRole('region', { name: 'Numery, nazwiska i częstość' }));
    fireEvent.click(await rules.findByRole('button', { name: 'Wyżej: Telefon służbowy' }));
    fireEvent.click(rules.getByRole('checkbox', { name: '3. Telefon prywatny' }));
    choose(rules.getByLabelText('Numer, o którym nie wiadomo, czyj jest'), 'private');
    fireEvent.click(rules.getByRole('switch', { name: /^Pełne imiona/ }));
    choose(rules.getByLabelText('Zbieranie powiadomień'), '30');
    fireEvent.click(rules.getByRole('button', { name: 'Zapisz' }));
    await rules.findByText('Zapisano');
    const saved = await hrm.settings.get(company);
    expect(saved.ok && saved.value.value).toEqual({
      numberSources: ['business', 'sms'],
      unknownNumbers: 'private',
      fullNames: true,
      language: 'pl',
      digestMinutes: 30,
    });
    // The second change is made on the version that the first one left.
    choose(rules.getByLabelText('Zbieranie powiadomień'), '0');
    fireEvent.click(rules.getByRole('switch', { name: /^Pełne imiona/ }));
    fireEvent.click(rules.getByRole('button', { name: 'Zapisz' }));
    await waitFor(async () => {
      const again = await hrm.settings.get(company);
      expect(again.ok && again.value.value).toMatchObject({ digestMinutes: 0, fullNames: false });
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('hr sees it and changes nothing', async () => {
    await server.show(HrmScreen, hr);
    const rules = within(await screen.findByRole('region', { name: 'Numery, nazwiska i częstość' }));
    await rules.findByRole('checkbox', { name: '1. Telefon służbowy' });
    expect(rules.queryByRole('button', { name: 'Zapisz' })).toBeNull();
  });
});

describe('events', () => {
  test('are switched off and on, each by itself; secret ones are marked', async () => {
    await server.show(HrmEvents, administrator);
    const birthday = await card('Urodziny');
    fireEvent.click(birthday.getByRole('switch'));
    await waitFor(async () => expect((await eventOf('birthday'))?.enabled).toBe(false));
    await waitFor(async () => (await card('Urodziny')).getByText('Wyłączone'));
    expect((await events()).filter(({ enabled }) => !enabled)).toHaveLength(1);
    (await card('Hasło do dokumentu')).getByText('tylko dla odbiorcy');
    expect((await card('Urodziny')).queryByText('tylko dla odbiorcy')).toBeNull();
  });

  test('have a template that is previewed as it is written, refuses unknown fields, and goes back to the product’s', async () => {
    await server.show(HrmEvents, administrator);
    await card('Szkolenie');
    press('Zmień treść: Szkolenie');
    const training = await card('Szkolenie');
    const polish = training.getByLabelText<HTMLTextAreaElement>('Treść po polsku');
    const preview = () =>
      training.getAllByText(/Tak to odczyta odbiorca/)[0]?.parentElement?.textContent ?? '';
    expect(preview()).toContain('A.N.: szkolenie BHP w dniu 2026-12-01.');

    type(polish, '{Pracownik}: {Sala}');
    await training.findByText(/nie ma takich pól: \{Sala\}/);
    expect(training.getByRole<HTMLButtonElement>('button', { name: 'Zapisz' }).disabled).toBe(true);

    type(polish, '{Pracownik}, zapraszamy na szkolenie');
    polish.setSelectionRange(polish.value.length, polish.value.length);
    press('Wstaw pole: Tytuł');
    await waitFor(() => expect(preview()).toContain('A.N., zapraszamy na szkolenieBHP'));
    expect(preview()).toContain('1 część');
    fireEvent.click(training.getByRole('button', { name: 'Zapisz' }));
    await waitFor(async () => (await card('Szkolenie')).getByText('własna treść'));
    expect(await eventOf('training')).toMatchObject({
      templates: { pl: '{Pracownik}, zapraszamy na szkolenie{Tytuł}' },
      own: { pl: true, en: false },
    });

    press('Zmień treść: Szkolenie');
    press('Przywróć treść Nadpisu');
    fireEvent.click((await card('Szkolenie')).getByRole('button', { name: 'Zapisz' }));
    await waitFor(async () => expect((await eventOf('training'))?.own).toEqual({ pl: false, en: false }));
  });

  test('are read by hr, who changes none', async () => {
    await server.show(HrmEvents, hr);
    const training = await card('Szkolenie');
    expect(training.getByRole<HTMLInputElement>('switch').disabled).toBe(true);
    press('Pokaż treści: Szkolenie');
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Treść po polsku')).readOnly).toBe(true);
  });
});

describe('the webhook', () => {
  let receiver: Server;
  const taken: { headers: Record<string, unknown>; body: string }[] = [];
  let answers = 204;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        taken.push({ headers: request.headers, body });
        response.writeHead(answers).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  });
  afterAll(() => void receiver.close());
  const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/wyniki`;

  test('is set, its secret shown once and copied; a test goes there signed; its failure is said', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });
    await server.show(HrmWebhookScreen, administrator);
    type(await screen.findByLabelText('Adres (https)'), address());
    press('Ustaw');
    await screen.findByText(/To jedyna chwila, gdy widać sekret/);
    const secret = screen.getByText(/^whsec_/).textContent;
    press('Kopiuj');
    await screen.findByText('Skopiowano');
    expect(copied).toEqual([secret]);
    press('Mam go zapisany');
    expect(screen.queryByText(/^whsec_/)).toBeNull();

    await screen.findByText('Jeszcze nic nie wysłano.');
    press('Wyślij próbę');
    await screen.findByText('Aplikacja HRM odebrała próbę.');
    expect(taken).toHaveLength(1);
    expect(taken[0]?.headers['webhook-signature']).toMatch(/^v1,/);

    answers = 500;
    press('Wyślij próbę');
    await screen.findByText('Próba nie została odebrana: HTTP 500');
    const deliveries = within(await screen.findByRole('list', { name: 'Ostatnie wysyłki wyników' }));
    await waitFor(() => expect(deliveries.getAllByRole('listitem')).toHaveLength(2));
    deliveries.getByText('nie odebrano');

    press('Usuń adres aplikacji HRM');
    press('Na pewno usunąć');
    await waitFor(() => expect(screen.queryByText('Wyślij próbę')).toBeNull());
  });

  test('is not for hr', async () => {
    await server.show(HrmWebhookScreen, hr);
    screen.getByText('Te ustawienia zmienia tylko administrator.');
  });
});

describe('the report', () => {
  test('tells who was told of what, what became of it and why not; it is narrowed and exported, secret texts left out', async () => {
    await server.signIn(administrator);
    await api.companies.change(company, { hrmPermission: true }, null);
    await companySending.change(company, { quietHours: { from: 0, until: 24, forAll: false } }, null);
    await hrm.settings.change(company, { numberSources: ['business', 'private'] }, null);
    await hrm.employees.put(company, { reference: '001', name: 'Nowak Anna', businessPhone: '601 100 001' });
    await hrm.employees.put(company, { reference: '002', name: 'Lis Piotr', privatePhone: '502 200 002' });
    const made = await apiKeys.create({ name: 'HRM', scopes: ['hrm:notify'], companies: [company] });
    const notify = (event: string, employees: unknown[]) =>
      fetch(`${server.url()}/v1/hrm/notifications`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${made.ok ? made.value.secret : ''}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': event,
        },
        body: JSON.stringify({ companyId: company, event, employees }),
      });
    await notify('payslip-ready', [
      { reference: '001', fields: { month: '11/2026' } },
      { reference: '002', fields: { month: '11/2026' } },
    ]);
    await notify('document-password', [
      { reference: '001', fields: { document: 'PIT', password: 'q7-Lmn4' } },
    ]);

    await server.show(HrmReport, hr);
    const rows = async () => within(await screen.findByRole('list', { name: 'Powiadomienia' }));
    await waitFor(async () => expect((await rows()).getAllByRole('listitem')).toHaveLength(3));
    (await rows()).getByText('N.A.: pasek za 11/2026 jest w HRM.');
    (await rows()).getByText('numer prywatny bez zapisanej zgody pracownika');
    expect(document.body.textContent).not.toContain('q7-Lmn4');

    choose(screen.getByLabelText('Stan'), 'skipped');
    await waitFor(async () => expect((await rows()).getAllByRole('listitem')).toHaveLength(1));
    (await rows()).getByText('Lis Piotr');

    const files: Blob[] = [];
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (file: Blob) => files.push(file) && '' }));
    press('Eksport do CSV');
    await waitFor(() => expect(files).toHaveLength(1));
    const text = await files[0]?.text();
    expect(text).toContain('Lis Piotr');
    expect(text).not.toContain('Nowak Anna');

    choose(screen.getByLabelText('Zdarzenie'), 'birthday');
    await screen.findByText('Nic nie pasuje.');
  });
});
