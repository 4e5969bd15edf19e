/** What a day costs and where it jams, reckoned minute by minute. Pure: figures in, figures out. */

/** Every assumption, each with where it comes from. All of them can be given on the command line. */
export const inputs = {
  messages: [1_000_000, 'messages a day'],
  recipients: [30, 'recipients in a sending, on average'],
  parts: [1.3, 'parts of a message, on average'],
  callbacks: [1, 'delivery reports in a callback of the operator'],
  busiest: [
    0.2,
    'share of a day’s messages that are sent in its busiest hour (office hours, a few large sendings)',
  ],
  accounts: [4, 'operator accounts that share the messages'],
  partsPerSecond: [
    100,
    'parts a second that an operator takes from one account (SMSAPI: 100 requests a second)',
  ],
  perCall: [100, 'messages in a call to an operator'],
  latency: [300, 'milliseconds of a call to an operator'],
  calls: [6, 'calls under way at once to one account from one server'],
  servers: [2, 'servers that dispatch'],
  rows: [9.3, 'rows written for a message on its way from accepted to delivered (measured, indexes aside)'],
  rowsPerSecond: [
    14_000,
    'rows a second that one database writes (updates in random order, the slowest kind; measured)',
  ],
  bytes: [700, 'bytes that a message takes in the database with its tries, reports and indexes (measured)'],
  days: [90, 'days until texts and numbers are erased; rows stay'],
  hintMessages: [100, 'messages that one hint of the queue makes a Worker send'],
  requestPrice: [0.3, 'dollars a million requests of Workers'],
  queuePrice: [0.4, 'dollars a million operations of queues; a hint is three: written, read, deleted'],
  writePrice: [1, 'dollars a million rows written at a hosted libSQL'],
  readPrice: [0.001, 'dollars a million rows read there'],
} as const satisfies Record<string, readonly [number, string]>;

export type Inputs = { -readonly [Name in keyof typeof inputs]: number };

export const defaults = (): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([name, [value]]) => [name, value])) as Inputs;

export interface Resource {
  name: string;
  /** Messages a second that it carries. */
  capacity: number;
  /** Of it, in the busiest minute: over 1 it jams. */
  load: number;
}

export interface Day {
  /** Messages a second in the busiest minute. */
  peak: number;
  /** Where it jams first stands first. */
  resources: Resource[];
  /** Messages that wait at the worst moment, and seconds that the last of them waits. */
  longestQueue: number;
  longestWait: number;
  /** Messages that a day leaves to the next one. */
  leftOver: number;
  gigabytesADay: number;
  gigabytesKept: number;
  /** Dollars in a month of 30 days on Workers and a hosted libSQL, operators’ prices aside. */
  month: { requests: number; queue: number; database: number };
}

/** Shares of a day by hour, from midnight: what is sent at night is little, and one hour is the busiest. */
function hours(busiest: number): number[] {
  const shape = [0, 0, 0, 0, 0, 0, 1, 3, 7, 0, 9, 8, 7, 7, 8, 7, 6, 4, 3, 2, 1, 1, 0, 0];
  const rest = shape.reduce((sum, weight) => sum + weight, 0);
  return shape.map((weight, hour) => (hour === 9 ? busiest : ((1 - busiest) * weight) / rest));
}

export function simulate(given: Inputs): Day {
  const capacities: [string, number][] = [
    ['operators', (given.accounts * given.partsPerSecond) / given.parts],
    [
      'calls to operators',
      (given.servers * given.accounts * given.calls * given.perCall) / (given.latency / 1000),
    ],
    ['the database’s one writer', given.rowsPerSecond / given.rows],
  ];
  const capacity = Math.min(...capacities.map(([, each]) => each));
  const shares = hours(given.busiest);
  let peak = 0;
  let queue = 0;
  let longestQueue = 0;
  for (let minute = 0; minute < 24 * 60; minute++) {
    const arriving = (given.messages * (shares[Math.floor(minute / 60)] ?? 0)) / 60;
    peak = Math.max(peak, arriving / 60);
    queue = Math.max(0, queue + arriving - capacity * 60);
    longestQueue = Math.max(longestQueue, queue);
  }
  const sendings = given.messages / given.recipients;
  const callbacks = given.messages / given.callbacks;
  const hints = sendings + callbacks / given.hintMessages;
  const million = (count: number, price: number) => ((count * 30) / 1_000_000) * price;
  return {
    peak,
    resources: capacities
      .map(([name, each]) => ({ name, capacity: each, load: peak / each }))
      .sort((a, b) => b.load - a.load),
    longestQueue,
    longestWait: longestQueue / capacity,
    leftOver: queue,
    gigabytesADay: (given.messages * given.bytes) / 1e9,
    gigabytesKept: (given.messages * given.bytes * given.days) / 1e9,
    month: {
      requests: million(sendings * 5 + callbacks + hints, given.requestPrice),
      queue: million(hints * 3, given.queuePrice),
      database:
        million(given.messages * given.rows, given.writePrice) +
        million(given.messages * given.rows * 4, given.readPrice),
    },
  };
}
