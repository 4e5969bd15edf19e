import '../browser.fixture.ts';

import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { api } from '../bridge/api.ts';
import { administrator, choose, overRealServer, press, sender, type } from '../settings/screen.fixture.tsx';
import { History } from './history.tsx';
import { readRoute, route } from './route.ts';

const server = overRealServer('history');

/** Sends to the numbers' last three digits, which tell the sandbox what is to become of each. */
async function send(
  digits: string[],
  more: { scheduledAt?: number; text?: string; companyId?: string } = {},
) {
  const answer = await api.batches.send(
    {
      companyId: more.companyId ?? 'com_demo_nowak',
      text: more.text ?? 'Zamówienie {Numer} czeka.',
      scheduledAt: more.scheduledAt ?? null,
      recipients: digits.map((last) => ({
        number: `600 300 ${last}`,
        name: `Osoba ${last}`,
        fields: { Numer: last },
      })),
    },
    crypto.randomUUID(),
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
}

async function open(hash: string, email = administrator): Promise<void> {
  route.value = readRoute(hash);
  await server.show(History, email);
}

const rows = async (list: string) =>
  (await screen.findByRole('list', { name: list })).querySelectorAll(':scope > li');

describe('the history', () => {
  test('lists batches, newest first, with how their messages fare', async () => {
    await server.signIn(administrator);
    await send(['100'], { text: 'Pierwsza' });
    await send(['101', '102'], { text: 'Druga' });
    await open('#batches');
    const list = await rows('Wysyłki');
    expect(list[0]?.textContent).toMatch(
      /^Druga.*Od: Firma Nowak · Nowak i Synowie · Anna Nowak · 2 wiadomości/,
    );
    expect(list[1]?.textContent).toContain('Pierwsza');
  });

  test('shows a batch until all of it is over, each message with its end', async () => {
    await server.signIn(administrator);
    const { id } = await send(['200', '001', '003']);
    await open(`#batch/${id}`);
    await screen.findByText('Znamy już wynik każdej wiadomości.', {}, { timeout: 20_000 });
    await waitFor(async () => {
      const messages = await rows('Wiadomości');
      expect([...messages].map((row) => row.querySelector('.state')?.textContent)).toEqual([
        'dostarczono',
        'nie dostarczono',
        'odrzucono',
      ]);
      expect(messages[0]?.textContent).toContain('Osoba 200');
    });
    expect(screen.queryByRole('button', { name: /^Zatrzymaj/ })).toBeNull();

    // Those that were refused; then one person by the digits of the number; then nobody.
    choose(screen.getByLabelText('Stan'), 'rejected');
    await waitFor(async () => expect(await rows('Wiadomości')).toHaveLength(1));
    screen.getByRole('link', { name: 'Osoba 003' });
    choose(screen.getByLabelText('Stan'), '');
    const search = screen.getByLabelText('Szukaj osoby, numeru lub treści');
    type(search, '300 001');
    await screen.findByRole('link', { name: 'Osoba 001' });
    await waitFor(async () => expect(await rows('Wiadomości')).toHaveLength(1));
    type(search, 'Kowalski');
    await screen.findByText('Nic nie pasuje do tych filtrów.');
  }, 30_000);

  test('tells one message as a timeline: the tries, then the report', async () => {
    await server.signIn(administrator);
    const { id } = await send(['015']);
    await waitFor(
      async () => {
        const messages = await api.batches.messages(id);
        expect(messages.ok && messages.value[0]?.state).toBe('delivered');
      },
      { timeout: 20_000, interval: 300 },
    );
    const messages = await api.batches.messages(id);
    await open(`#message/${messages.ok ? messages.value[0]?.id : ''}`);
    const timeline = await screen.findByRole('list', { name: 'Co się działo' });
    const told = [...timeline.querySelectorAll('strong')].map(({ textContent }) => textContent);
    expect(told).toEqual(['nie udało się, ponowimy', 'operator przyjął', 'dostarczono']);
    within(timeline).getByText('Identyfikator u operatora:');
    screen.getByText('Zamówienie 015 czeka.');
    expect(screen.getByText('Zobacz całą wysyłkę').getAttribute('href')).toBe(`#batch/${id}`);
  }, 30_000);

  test('stops what waits, after it was asked whether really; the parts come back', async () => {
    await server.signIn(administrator);
    const { id, balance } = await send(['300', '301'], { scheduledAt: Date.now() + 3_600_000 });
    await open(`#batch/${id}`);
    await screen.findByText('zaplanowana');
    press('Zatrzymaj 2 czekające');
    press('Niech idzie dalej');
    expect(screen.getByText('zaplanowana')).toBeTruthy();
    press('Zatrzymaj 2 czekające');
    press('Zatrzymaj');
    await screen.findByText('zatrzymana');
    await waitFor(async () => {
      const messages = await rows('Wiadomości');
      expect([...messages].map((row) => row.querySelector('.state')?.textContent)).toEqual([
        'anulowano',
        'anulowano',
      ]);
    });
    const session = await api.session.get();
    expect(session.ok && session.value.balance).toBe(balance + 2);
  });

  test('sends again those alone that failed, once, and goes to the new batch', async () => {
    await server.signIn(administrator);
    const { id } = await send(['310', '003', '001']);
    await open(`#batch/${id}`);
    press(
      (await screen.findByRole('button', { name: /^Wyślij ponownie 2/ }, { timeout: 20_000 })).textContent ??
        '',
    );
    press('Wyślij ponownie');
    await waitFor(() => expect(location.hash).not.toBe(`#batch/${id}`));
    await waitFor(() => expect(location.hash).toMatch(/^#batch\/bat_/));
    const again = location.hash.slice('#batch/'.length);
    await waitFor(
      async () => {
        const messages = await api.batches.messages(again);
        expect(messages.ok && messages.value.map(({ recipientName }) => recipientName)).toEqual([
          'Osoba 003',
          'Osoba 001',
        ]);
      },
      { timeout: 20_000 },
    );
    await screen.findByText('2 nieudane wysłano ponownie.');
    expect(screen.queryByRole('button', { name: /^Wyślij ponownie/ })).toBeNull();
  }, 40_000);

  test('stops one message that waits; one that has arrived offers no such thing', async () => {
    await server.signIn(administrator);
    const { id } = await send(['320', '321'], { scheduledAt: Date.now() + 3_600_000 });
    const messages = await api.batches.messages(id);
    await open(`#message/${messages.ok ? messages.value[0]?.id : ''}`);
    press((await screen.findByRole('button', { name: 'Zatrzymaj tę wiadomość' })).textContent ?? '');
    press('Zatrzymaj');
    await screen.findAllByText('anulowano');
    expect(screen.queryByRole('button', { name: 'Zatrzymaj tę wiadomość' })).toBeNull();
    const after = await api.batches.messages(id);
    expect(after.ok && after.value.map(({ state }) => state)).toEqual(['cancelled', 'queued']);
  });

  test('of a batch that is gone says so, and offers to look again', async () => {
    await open('#batch/bat_none');
    await screen.findByText(/Tego już nie ma/);
    screen.getByRole('button', { name: 'Sprawdź ponownie' });
  });

  test('finds what was ever sent to a number or a person, in all batches', async () => {
    await server.signIn(administrator);
    const { id } = await send(['501', '001'], { text: 'Pierwsza do {Numer}' });
    await waitFor(
      async () => {
        const messages = await api.batches.messages(id);
        expect(messages.ok && messages.value[1]?.state).toBe('undelivered');
      },
      { timeout: 20_000, interval: 300 },
    );
    await send(['501'], { text: 'Druga do {Numer}', companyId: 'com_demo_serwis' });
    await open('#messages');
    await screen.findByRole('list', { name: 'Wszystkie, od najnowszych' });
    const search = screen.getByLabelText('Numer telefonu albo osoba');
    type(search, '600-300-501');
    await waitFor(async () => expect(await rows('Znalezione, od najnowszych')).toHaveLength(2));
    const [newest, oldest] = await rows('Znalezione, od najnowszych');
    expect(newest?.textContent).toMatch(/^Osoba 501.*Druga do 501Od: /);
    expect(oldest?.textContent).toContain('Pierwsza do 501');
    expect(newest?.querySelector('a')?.getAttribute('href')).toMatch(/^#message\/msg_/);

    type(search, '50');
    await screen.findByText('Do szukania po numerze trzeba co najmniej 3 cyfr.');
    type(search, 'osoba 001');
    choose(await screen.findByLabelText('Stan'), 'not_arrived');
    await waitFor(async () => {
      const states = [...(await rows('Znalezione, od najnowszych'))].map(
        (row) => row.querySelector('.state')?.textContent,
      );
      expect(new Set(states)).toEqual(new Set(['nie dostarczono']));
    });
    type(search, 'Nikt Taki');
    await screen.findByText('Nic nie pasuje do tych filtrów.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Pobierz CSV' }).disabled).toBe(true);
    press('Wyczyść filtry');
    await screen.findByRole('list', { name: 'Wszystkie, od najnowszych' });
  }, 40_000);

  test('is each one’s own: a sender sees the companies that were given to them', async () => {
    await server.signIn(administrator);
    const { id } = await send(['400'], { companyId: 'com_demo_serwis', text: 'Dla serwisu' });
    await open(`#batch/${id}`, sender);
    await screen.findByRole('heading', { name: '1 wiadomość' });
  });
});

test('an address says where one is; nonsense is the list of batches', () => {
  expect(readRoute('#batch/bat_1')).toMatchObject({ screen: 'batch', id: 'bat_1' });
  expect(readRoute('#message/msg_1').screen).toBe('message');
  expect(readRoute('#batch/<script>').screen).toBe('batches');
  expect(readRoute('').screen).toBe('batches');
  expect(readRoute('#messages?origin=hrm')).toMatchObject({ screen: 'messages', filters: { origin: 'hrm' } });
  expect(readRoute('#batches?company=com_1&state=&evil=1&search=Jan%20K').filters).toEqual({
    company: 'com_1',
    search: 'Jan K',
  });
});
