import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mobile, type Office, office } from '../messages/fixture.node.ts';
import { ourIds } from '../messages/our-id.ts';
import type { OutgoingMessage } from './operator.ts';
import { type Subject, subjects } from './simulator-subjects.ts';

const names = Object.keys(subjects).filter((name) => name !== 'sandbox');
const numbers = [mobile(0), mobile(1), mobile(2)];
const text = 'Zamowienie jest gotowe do odbioru.';

describe.each(names)('from acceptance to delivery over %s', (name) => {
  let subject: Subject;
  let it: Office;

  beforeEach(async () => {
    const start = subjects[name];
    if (start === undefined) throw new Error(name);
    let now = () => 0;
    subject = await start(() => now());
    it = await office({
      operator: (made) => {
        now = () => made.clock.now();
        return subject.operator;
      },
    });
  });
  afterEach(async () => {
    await it.end();
    await subject.close();
  });

  const messages = async (): Promise<OutgoingMessage[]> => {
    const ids = await ourIds(it.database);
    const rows = await it.rows('SELECT id, number FROM messages ORDER BY id');
    return rows.map((row) => ({ ourId: ids.of(Number(row.id)), number: String(row.number), text, parts: 1 }));
  };
  const taken = async () => Promise.all((await messages()).map(subject.taken));
  /** The operator delivers, and pushes where it pushes. */
  const deliver = async () => {
    for (const raw of await subject.deliver(await messages())) {
      await it.rows(
        'INSERT INTO reports (operator, raw, received_at, try_at) VALUES (?, ?, ?, ?) RETURNING id',
        subject.operator.name,
        raw,
        it.clock.now(),
        it.clock.now(),
      );
    }
  };

  test('each text is taken once, delivered and settled', async () => {
    await it.send(numbers);
    await it.after(0);
    expect(await it.states()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await taken()).toEqual([1, 1, 1]);
    await deliver();
    await it.after(1000);
    // Who does not push is asked, by and by.
    for (let hours = 0; hours < 24 && (await it.states()).includes('accepted'); hours++)
      await it.after(3_600_000);
    expect(await it.states()).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 297 }]);
  });

  test('a lost answer leaves nothing lost and nothing sent twice', async () => {
    await subject.play('accept-then-drop');
    await it.send(numbers);
    await it.after(0);
    // Where the operator refuses our id the second time it is simply sent again, else it has to be found out.
    const { deduplicates } = subject.operator.capabilities;
    expect((await it.states())[0]).toBe(deduplicates ? 'queued' : 'unknown');
    expect((await taken())[0]).toBe(1);
    const settled = async () => {
      const times = await taken();
      return (await it.states()).every((state, at) => state === (times[at] === 1 ? 'delivered' : 'unknown'));
    };
    for (let hours = 0; hours < 20 && !(await settled()); hours++) {
      await it.after(3_600_000);
      await deliver();
      await it.after(1000);
    }
    expect(await settled(), (await it.states()).join()).toBe(true);
    expect((await taken()).every((times) => times <= 1)).toBe(true);
    if (deduplicates) expect(await taken()).toEqual([1, 1, 1]);
  });
});
