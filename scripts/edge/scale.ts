/** `npm run scale`: what a day of messages costs and what breaks first, at 1 ×, 10 × and 100 × of it. */
import { parseArgs } from 'node:util';
import { type Day, defaults, type Inputs, inputs, simulate } from './scale-model.ts';

const names = Object.keys(inputs) as (keyof Inputs)[];
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  },
});

const given = defaults();
for (const name of names) {
  const text = (values as Record<string, string | undefined>)[name];
  if (text === undefined) continue;
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number)) {
    console.error(`--${name} is a number above 0, not ${text}.`);
    process.exit(2);
  }
  given[name] = number;
}

const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
const duration = (seconds: number): string =>
  seconds < 90
    ? `${round(seconds)} s`
    : seconds < 5400
      ? `${round(seconds / 60)} min`
      : `${round(seconds / 3600)} h`;

console.log('What is assumed (each can be given, e.g. npm run scale -- --messages 200000):\n');
for (const name of names) {
  console.log(`  ${name.padEnd(16)}${String(given[name]).padStart(9)}  ${inputs[name][1]}`);
}
if (values.help) process.exit(0);

const row = (title: string, days: readonly Day[], each: (day: Day) => string): void =>
  console.log(`  ${title.padEnd(34)}${days.map((day) => each(day).padStart(16)).join('')}`);

const factors = [1, 10, 100];
const days = factors.map((factor) => simulate({ ...given, messages: given.messages * factor }));
console.log(`\n  ${''.padEnd(34)}${factors.map((factor) => `${factor} ×`.padStart(16)).join('')}`);
row('messages a second at the peak', days, (day) => round(day.peak));
for (const { name } of simulate(given).resources) {
  row(
    `load of ${name}`,
    days,
    (day) => `${round((day.resources.find((it) => it.name === name)?.load ?? 0) * 100)} %`,
  );
}
row('longest queue, messages', days, (day) => round(day.longestQueue));
row('longest wait', days, (day) => duration(day.longestWait));
row('left over at midnight', days, (day) => round(day.leftOver));
row('database grows a day', days, (day) => `${round(day.gigabytesADay)} GB`);
row('… and until texts are erased', days, (day) => `${round(day.gigabytesKept)} GB`);
row('Workers: requests a month', days, (day) => `$${round(day.month.requests)}`);
row('Workers: queue a month', days, (day) => `$${round(day.month.queue)}`);
row('hosted libSQL a month', days, (day) => `$${round(day.month.database)}`);
row('what breaks first', days, (day) => {
  const [first] = day.resources;
  return first === undefined ? '' : `${first.name.split(' ').at(-1)}${first.load > 1 ? ' ✗' : ''}`;
});
