import { expect, it } from 'vitest';
import { people, sendingApp } from '../messages/api/fixture.node.ts';

it('tells what waits in the outbox, and for how long', async () => {
  const t = await sendingApp();
  const figures = async () => {
    const text = await (await t.call('GET', '/metrics')).text();
    return Object.fromEntries(
      [...text.matchAll(/^(nadpis_\w+) (\S+)$/gm)].map((hit) => [hit[1], Number(hit[2])]),
    );
  };
  try {
    expect(await figures()).toMatchObject({ nadpis_messages_due: 0, nadpis_messages_oldest_due_seconds: 0 });
    await t.send({ recipients: people(7) });
    t.platform.clock.forward(42_000);
    expect(await figures()).toMatchObject({
      nadpis_messages_due: 7,
      nadpis_messages_oldest_due_seconds: 42,
      nadpis_messages_unknown: 0,
      nadpis_reports_waiting: 0,
      nadpis_operator_pauses: 0,
    });
    await t.after(0);
    expect(await figures()).toMatchObject({ nadpis_messages_due: 0, nadpis_messages_oldest_due_seconds: 0 });
  } finally {
    await t.end();
  }
});
