import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { composerOn } from './composer.ts';
import { chooseSms, openDemoList, rowsMarkedDelivered, tickRows } from './list.ts';
import { company, openWorld, type World } from './world.ts';

const people = makePeople(8);
const five = people.slice(0, 5);
const nameOf = ({ firstName, lastName }: (typeof people)[number]) => `${firstName} ${lastName}`;

describe.each(['chromium', 'firefox'] as const)('from a list to the phones, in %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind, { language: 'pl' });
  }, 240_000);
  afterAll(() => world?.close());
  beforeEach(() => world.tidy());

  const textsOf = async (start: string) =>
    (await world.sandbox.texts()).filter(({ text }) => text.startsWith(start));

  test('R1 R4: five rows ticked, one text with a field, five previews, five texts under the name, five rows delivered', async () => {
    const list = await openDemoList(world.nadpis, world.listUrl);
    await tickRows(list, [0, 1, 2, 3, 4]);
    const composer = composerOn(await chooseSms(world.nadpis, list));
    await composer.chooseCompany(company);
    await composer.receives(5);
    expect((await composer.recipients()).map(({ name }) => name)).toEqual(five.map(nameOf));
    expect(await composer.skipped()).toEqual([]);

    await composer.write('Witaj {Imię}, przypominamy o fakturze.');
    const previews = await composer.previews(5);
    expect(previews).toEqual(five.map(({ firstName }) => `Witaj ${firstName}, przypominamy o fakturze.`));
    const { parts } = await composer.facts();
    expect(parts).toBe(5);

    await composer.send();
    await composer.accepted();
    await composer.all('delivered', 5);
    expect((await composer.results()).map(({ name }) => name)).toEqual(five.map(nameOf));

    const texts = await textsOf('Witaj ');
    expect(texts.map(({ number }) => number).sort()).toEqual(
      five.map(({ numbers }) => numbers[0]?.e164).sort(),
    );
    expect(new Set(texts.map(({ senderName }) => senderName))).toEqual(new Set(['Firma Nowak']));
    expect(texts.reduce((all, text) => all + text.parts, 0)).toBe(parts);

    await rowsMarkedDelivered(world.nadpis, list, 5);
  }, 240_000);

  test('R1: eight ticked, one without a number, one landline, one duplicate: said before sending, and they get nothing', async () => {
    const list = await openDemoList(world.nadpis, world.listUrl);
    await tickRows(list, [0, 1, 2, 3, 4, 5, 6, 7]);
    const composer = composerOn(await chooseSms(world.nadpis, list));
    await composer.chooseCompany(company);
    await composer.receives(5);
    const skipped = await composer.skipped();
    expect(skipped.map(({ name }) => name)).toEqual(people.slice(5).map(nameOf));
    const [none, landline, duplicate] = skipped.map(({ note }) => note);
    expect(none).toContain('brak');
    expect(landline).toContain('stacjonarny');
    expect(duplicate).toContain(`${people[0]?.firstName} ${people[0]?.lastName}`);

    await composer.write('Tylko komórki.');
    await composer.previews(5);
    await composer.send();
    await composer.accepted();
    await composer.all('delivered', 5);
    const texts = await textsOf('Tylko komórki.');
    expect(texts).toHaveLength(5);
    expect(texts.filter(({ number }) => number === '+48600100200')).toHaveLength(1);
    expect(texts.filter(({ number }) => number.startsWith('+4812'))).toEqual([]);
  }, 240_000);
});
