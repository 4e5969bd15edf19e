import { useEffect, useMemo } from 'preact/hooks';
import type { Batch } from '../../shared/api/batches.ts';
import type { Answer } from '../bridge/failure.ts';
import { history } from '../bridge/history-api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { dayOf } from '../locales/days.ts';
import { formatNumber, formatShortDay, t } from '../locales/texts.ts';
import { SaveCsv } from '../look/save-csv.tsx';
import { Loaded } from '../settings/form.tsx';
import { createResource } from '../settings/resource.ts';
import { Chart } from './chart.tsx';
import { type Day, figuresOf, totalOf } from './figures.ts';
import { FilterBar } from './filters.tsx';
import { matcherOf, sinceOf } from './matching.ts';
import { type Filters, route } from './route.ts';

/** Sent, delivered and cost over time. Without a choice: the last 30 days. */
export function Statistics({ session }: { session: SessionStore }) {
  const { filters } = route.value;
  const figures = useMemo(() => createResource(() => read(route.value.filters)), []);
  useEffect(() => void figures.load(), [figures, JSON.stringify(filters)]);
  return (
    <>
      <FilterBar session={session} />
      <Loaded resource={figures}>
        {(days) =>
          days.length === 0 ? (
            <p class="note note-warn">{t('history.statistics.wrong_days')}</p>
          ) : (
            <Figures days={days} />
          )
        }
      </Loaded>
    </>
  );
}

const month = 29 * 86_400_000;

async function read(filters: Filters): Promise<Answer<Day[]>> {
  const to = filters.to ?? dayOf(Date.now());
  const from = filters.from ?? dayOf((sinceOf(to) || Date.now()) - month);
  const wanted = { ...filters, from, to };
  const batches: Batch[] = [];
  for (let cursor: string | null = null; ; ) {
    const answer: Awaited<ReturnType<typeof history.batches>> = await history.batches(
      cursor,
      matcherOf(wanted),
      sinceOf(from),
    );
    if (!answer.ok) return answer;
    batches.push(...answer.value.items);
    cursor = answer.value.next;
    if (cursor === null) return { ok: true, value: figuresOf(batches, from, to) };
  }
}

function Figures({ days }: { days: Day[] }) {
  const total = totalOf(days);
  const at = useMemo(() => days.map((day) => day.at), [days]);
  const messages = useMemo(
    () => [
      { name: 'sent' as const, label: t('history.statistics.sent'), values: days.map(({ sent }) => sent) },
      {
        name: 'delivered' as const,
        label: t('history.statistics.delivered'),
        values: days.map(({ delivered }) => delivered),
      },
      {
        name: 'failed' as const,
        label: t('history.statistics.failed'),
        values: days.map(({ failed }) => failed),
      },
    ],
    [days],
  );
  const cost = useMemo(
    () => [
      {
        name: 'parts' as const,
        label: t('history.statistics.parts'),
        values: days.map(({ parts }) => parts),
      },
    ],
    [days],
  );
  return (
    <>
      <dl class="totals">
        <Total name={t('history.statistics.sent')} value={total.sent} />
        <Total name={t('history.statistics.delivered')} value={total.delivered} />
        <Total name={t('history.statistics.failed')} value={total.failed} />
        <Total name={t('history.statistics.parts')} value={total.parts} />
      </dl>
      <div class="card">
        <Chart title={t('history.statistics.messages')} days={at} series={messages} />
      </div>
      <div class="card">
        <Chart title={t('history.statistics.cost')} days={at} series={cost} />
      </div>
      <Table days={days} />
    </>
  );
}

function Total({ name, value }: { name: string; value: number }) {
  return (
    <div class="card">
      <dt class="quiet">{name}</dt>
      <dd class="figure">{formatNumber(value)}</dd>
    </div>
  );
}

/** The same figures in words: for those who do not see the charts, and for a spreadsheet. */
function Table({ days }: { days: Day[] }) {
  const headings = [
    t('history.statistics.day'),
    t('history.statistics.sent'),
    t('history.statistics.delivered'),
    t('history.statistics.failed'),
    t('history.statistics.parts'),
  ];
  const rows = days.filter(({ sent }) => sent > 0).toReversed();
  return (
    <div class="card">
      <div class="card-head">
        <h2 id="by-day-title">{t('history.statistics.by_day')}</h2>
        <SaveCsv
          name={`${t('history.csv.file_days')}-${days[0]?.day ?? ''}-${days.at(-1)?.day ?? ''}`}
          headings={headings}
          rowOf={({ day, sent, delivered, failed, parts }: Day) => [day, sent, delivered, failed, parts]}
          read={async () => ({ ok: true, value: days })}
        />
      </div>
      {rows.length === 0 ? (
        <p class="empty">{t('history.statistics.nothing')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window is scrolled by keyboard too
        <section class="scroll" tabIndex={0} aria-labelledby="by-day-title">
          <table>
            <thead>
              <tr>
                {headings.map((heading, place) => (
                  <th key={heading} scope="col" class={place > 0 ? 'number' : ''}>
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ day, at, sent, delivered, failed, parts }) => (
                <tr key={day}>
                  <th scope="row">{formatShortDay(at)}</th>
                  {[sent, delivered, failed, parts].map((value, place) => (
                    <td key={headings[place + 1]} class="number">
                      {formatNumber(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
