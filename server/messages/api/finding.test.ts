import { afterEach, describe, expect, test } from 'vitest';
import { FoundMessages, type MessageSearch } from '../../../shared/api/messages.ts';
import { problemOf, type SendingApp, sendingApp } from './fixture.node.ts';

let it: SendingApp;
afterEach(() => it.end());

type Asked = Partial<Omit<MessageSearch, 'state'>> & { state?: string | string[] };
const post = (search: object, token = it.sender) =>
  it.call('POST', '/v1/messages/search', { token, body: search });
const find = async (search: Asked, token = it.sender) => {
  const answer = await post(search, token);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return FoundMessages.parse(await answer.json());
};
const names = async (search: Asked, token = it.sender) =>
  (await find(search, token)).items.map(({ recipientName }) => recipientName);
const get = async (query: string, token = it.sender) => it.call('GET', `/v1/messages${query}`, { token });

async function keyOf(scopes: string[]): Promise<string> {
  const body = { name: 'CRM', scopes, companies: ['com_1a'] };
  const made = await it.call('POST', '/v1/api-keys', { token: it.administrator, body });
  return ((await made.json()) as { secret: string }).secret;
}

/** Three sendings, the clock moved on by an hour between them. */
async function threeSendings(): Promise<void> {
  it = await sendingApp();
  await it.send({
    recipients: [
      { number: '600 100 200', name: 'Jan Kowalski', reference: 'klient-7' },
      { number: '600 300 001', name: 'Żaneta Wójcik' },
    ],
  });
  it.platform.clock.forward(3_600_000);
  await it.send({ recipients: [{ number: '600100200', name: 'Kowalski Jan' }], text: 'Drugi.' });
  it.platform.clock.forward(3_600_000);
  const hidden = { companyId: 'com_1b', recipients: [{ number: '600100200', name: 'Inna firma' }] };
  await it.send(hidden, { token: it.administrator });
}

describe('200: messages of all batches', () => {
  test('come newest first, each with its batch, company, sender and time', async () => {
    await threeSendings();
    const { items, next, lookedBackTo } = await find({}, it.administrator);
    expect(items.map(({ recipientName }) => recipientName)).toEqual([
      'Inna firma',
      'Kowalski Jan',
      'Żaneta Wójcik',
      'Jan Kowalski',
    ]);
    expect([next, lookedBackTo]).toEqual([null, null]);
    expect(items[1]).toMatchObject({
      companyId: 'com_1a',
      origin: 'crm',
      senderName: 'Nazwa 1',
      number: '+48600100200',
      text: 'Drugi.',
      state: 'queued',
      createdAt: it.platform.clock.now() - 3_600_000,
    });
    expect((await (await get('?limit=2', it.administrator)).json()) as object).toMatchObject({
      items: items.slice(0, 2),
    });
  });

  test.each([
    ['+48 600 100 200', ['Kowalski Jan', 'Jan Kowalski']],
    ['600-100-200', ['Kowalski Jan', 'Jan Kowalski']],
    ['0048600100200', ['Kowalski Jan', 'Jan Kowalski']],
    ['tel. 600 100 200', ['Kowalski Jan', 'Jan Kowalski']],
    ['100 20', ['Kowalski Jan', 'Jan Kowalski']],
    ['001', ['Kowalski Jan', 'Żaneta Wójcik', 'Jan Kowalski']],
    ['300 001', ['Żaneta Wójcik']],
    ['0 600 300', ['Żaneta Wójcik']],
    ['0048 600 3', ['Żaneta Wójcik']],
    ['+48 600 3', ['Żaneta Wójcik']],
    ['+600', []],
    ['600 100 209', []],
  ])('are found by the number %s', async (number, found) => {
    await threeSendings();
    expect(await names({ number })).toEqual(found);
  });

  test('are found by name and reference, without capitals or diacritics', async () => {
    await threeSendings();
    expect(await names({ name: 'KOWALSKI jan' })).toEqual(['Kowalski Jan', 'Jan Kowalski']);
    expect(await names({ name: 'zaneta wojcik' })).toEqual(['Żaneta Wójcik']);
    expect(await names({ name: 'Klient-7' })).toEqual(['Jan Kowalski']);
    expect(await names({ name: 'kow', number: '600300001' })).toEqual([]);
  });

  test('are found by state, company, origin and time', async () => {
    await threeSendings();
    await it.after(0);
    await it.after(2000);
    expect(await names({ state: 'undelivered' })).toEqual(['Żaneta Wójcik']);
    expect(await names({ state: ['undelivered', 'delivered'] })).toHaveLength(3);
    expect(await names({ state: 'queued' })).toEqual([]);
    expect(await names({ company: 'com_1b' }, it.administrator)).toEqual(['Inna firma']);
    expect(await names({ origin: 'hrm' })).toEqual([]);
    const second = it.platform.clock.now() - 2000 - 3_600_000;
    expect(await names({ from: second, until: second + 1 }, it.administrator)).toEqual(['Kowalski Jan']);
    expect(await names({ until: second })).toEqual(['Żaneta Wójcik', 'Jan Kowalski']);
    const query = `?state=undelivered&state=delivered&from=${second}&origin=crm&company=com_1a`;
    expect(await (await get(query)).json()).toMatchObject({ items: [{ recipientName: 'Kowalski Jan' }] });
  });

  test('are read in pages, every one once', async () => {
    await threeSendings();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: FoundMessages = await find({ limit: 1, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.items.map(({ recipientName }) => recipientName));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(['Kowalski Jan', 'Żaneta Wójcik', 'Jan Kowalski']);
  });

  test('a long look ends in between, says how far it came, and goes on from there', async () => {
    await threeSendings();
    // As if others had sent very much meanwhile: ids are of all organisations.
    await it.sql('UPDATE messages SET id = id + 250000 WHERE id > 2');
    const first = await find({ number: '600100200' });
    expect(first.items.map(({ recipientName }) => recipientName)).toEqual(['Kowalski Jan']);
    expect(first.lookedBackTo).toBe(it.platform.clock.now() - 3_600_000);
    const pages = [first];
    for (let page = first; page.next !== null; pages.push(page)) {
      page = await find({ number: '600100200', cursor: page.next });
    }
    expect(pages.length).toBeLessThanOrEqual(4);
    expect(pages.flatMap(({ items }) => items.map(({ recipientName }) => recipientName))).toEqual([
      'Kowalski Jan',
      'Jan Kowalski',
    ]);
    expect(pages.at(-1)).toMatchObject({ next: null, lookedBackTo: null });
  });

  test('are those of one’s own companies and organisation', async () => {
    await threeSendings();
    expect(await names({ number: '600100200' })).toEqual(['Kowalski Jan', 'Jan Kowalski']);
    expect(await names({ company: 'com_1b' })).toEqual([]);
    expect(await names({ company: 'com_1a' }, it.stranger)).toEqual([]);
    expect(await names({}, it.stranger)).toEqual([]);
  });

  test('hide numbers as everywhere; what is erased stays so', async () => {
    await threeSendings();
    const reader = await keyOf(['read']);
    const [masked] = (await find({ number: '600100200' }, reader)).items;
    expect(masked).toMatchObject({ recipientName: 'Kowalski Jan', number: '+48 600 *** 200' });
    await it.platform.database.batch([
      {
        sql: `UPDATE messages SET number = '', text = NULL, recipient_name = '', reference = ''
          WHERE recipient_name = 'Jan Kowalski'`,
      },
    ]);
    expect(await names({ number: '600100200' })).toEqual(['Kowalski Jan']);
    expect((await find({})).items.at(-1)).toMatchObject({ number: '', text: null, recipientName: '' });
  });
});

describe('400', () => {
  test.each([
    [{ number: '12' }, '/number'],
    [{ number: 'Kowalski' }, '/number'],
    [{ number: '' }, '/number'],
    [{ name: 'x'.repeat(201) }, '/name'],
    [{ state: 'lost' }, '/state'],
    [{ origin: 'erp' }, '/origin'],
    [{ from: -1 }, '/from'],
    [{ limit: 1001 }, '/limit'],
    [{ cursor: 'MXg' }, '/cursor'],
  ])('%j is refused', async (search, path) => {
    it = await sendingApp();
    const answer = await post(search);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors[0]?.path).toBe(path);
  });

  test('a wrong state in the address is refused too', async () => {
    it = await sendingApp();
    expect((await get('?state=lost')).status).toBe(400);
  });
});

test('401: nobody is signed in', async () => {
  it = await sendingApp();
  expect((await it.call('GET', '/v1/messages')).status).toBe(401);
  expect((await it.call('POST', '/v1/messages/search', { body: {} })).status).toBe(401);
});

test('403: a key without the scope read, and a part of a number for who sees them masked', async () => {
  it = await sendingApp();
  const sending = await keyOf(['send']);
  expect((await get('', sending)).status).toBe(403);
  expect((await post({ number: '600100200' }, sending)).status).toBe(403);
  const reading = await keyOf(['read']);
  expect((await get('', reading)).status).toBe(200);
  expect((await post({ number: '600 10' }, reading)).status).toBe(403);
  expect(await names({ number: '600 10' }, await keyOf(['read', 'send']))).toEqual([]);
});
