/**
 * The people of the demo: made up, always the same, and as untidy as real registers are. Beside each stands what a
 * careful reader should find, so that tests can hold the product to it. Pure: runs in a page and in Node.
 */

export interface Person {
  /** 1, 2, 3 … */
  id: number;
  firstName: string;
  lastName: string;
  company: string;
  /** With a valid checksum; some of them would pass for a mobile number. */
  nip: string;
  /** Nine digits, as an ERP numbers orders: only the column tells it from a mobile number. */
  order: string;
  invoice: string;
  /** The phone cell as the page shows it. */
  phone: string;
  /** What stands in it, in order. */
  numbers: { shown: string; e164: string; kind: 'mobile' | 'landline' | 'foreign' }[];
  email: string;
  street: string;
  city: string;
  /** ISO dates. */
  issued: string;
  due: string;
  /** Grosze. */
  gross: number;
  left: number;
}

/** mulberry32: small, fast, and the same on every machine. */
export const randomOf = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type Random = () => number;
const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
};
const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('');

const words = (text: string): readonly string[] => text.split(/\s+/);
const women = words(
  'Anna Katarzyna Małgorzata Agnieszka Zofia Łucja Żaneta Elżbieta Grażyna Bożena Świętosława Joanna Magdalena Róża Wiesława Beata Halina Iwona',
);
const men = words(
  'Piotr Krzysztof Andrzej Tomasz Łukasz Paweł Michał Józef Wojciech Grzegorz Zbigniew Mirosław Stanisław Rafał Jacek Bartłomiej Marek Dariusz',
);
/** `*` stands for the ending: -i of a man, -a of a woman. */
const families = words(
  `Nowak Kowalsk* Wiśniewsk* Wójcik Kowalczyk Kamińsk* Lewandowsk* Zielińsk* Szymańsk* Woźniak Dąbrowsk* Kozłowsk*
  Jankowsk* Mazur Krawczyk Piotrowsk* Grabowsk* Pawłowsk* Michalsk* Król Wieczorek Jabłońsk* Majewsk* Olszewsk* Stępień
  Malinowsk* Jaworsk* Górsk* Rutkowsk* Sikora Ostrowsk* Baran Szewczyk Tomaszewsk* Pietrzak Wróblewsk* Zając Gołąb Śliwińsk* Żak`,
);
const trades = words(
  'Usługi_Budowlane Hurtownia_Elektryczna Sklep_Ogrodniczy Przychodnia Warsztat Piekarnia Biuro_Rachunkowe Transport Stolarnia Apteka Drukarnia Kwiaciarnia',
).map((trade) => trade.replace('_', ' '));
const forms = ['sp. z o.o.', 's.c.', 'sp.j.', '', 'sp.k.'];
const cities = words(
  'Kraków Warszawa Łódź Wrocław Poznań Gdańsk Szczecin Bydgoszcz Lublin Białystok Katowice Rzeszów',
);
const streets = [
  'Długa',
  'Krótka',
  'Lipowa',
  'Polna',
  'Leśna',
  'Świętego Jana',
  'Kościuszki',
  'Mickiewicza',
  'Rynek',
];
const mobilePrefixes = words(
  '501 504 512 516 530 537 570 575 600 602 606 608 660 663 667 691 695 721 726 781 787 790 795 880 883 888',
);
const areas = words('12 22 32 42 58 61 71 81 85 91');

/** A NIP whose tenth digit fits its weights (domain.md §5). */
export const makeNip = (random: Random): string => {
  for (;;) {
    const body = `${1 + Math.floor(random() * 9)}${1 + Math.floor(random() * 9)}${digits(random, 7)}`;
    const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((all, weight, i) => all + weight * Number(body[i]), 0);
    if (sum % 11 !== 10) return `${body}${sum % 11}`;
  }
};

/** A REGON of nine digits with its check digit: weights 8 9 2 3 4 5 6 7, 10 becomes 0. */
export const makeRegon = (random: Random): string => {
  const body = digits(random, 8);
  const sum = [8, 9, 2, 3, 4, 5, 6, 7].reduce((all, weight, i) => all + weight * Number(body[i]), 0);
  return `${body}${(sum % 11) % 10}`;
};

export const makeMobile = (random: Random) => `${pick(random, mobilePrefixes)}${digits(random, 6)}`;
/** Area code and seven digits; the first of them is one that landlines begin with. */
export const makeLandline = (random: Random) =>
  `${pick(random, areas)}${pick(random, ['2', '3', '4', '6', '7'])}${digits(random, 6)}`;

const thirds = (n: string, by: string) => [n.slice(0, 3), n.slice(3, 6), n.slice(6)].join(by);
const nbsp = '\u00a0';
const thin = '\u2009';

/** How people write a Polish mobile number: the national nine digits, as found in real registers. */
export const mobileForms: readonly [(n: string) => string, ...((n: string) => string)[]] = [
  (n) => thirds(n, ' '),
  (n) => n,
  (n) => `+48 ${thirds(n, ' ')}`,
  (n) => thirds(n, '-'),
  (n) => `+48${n}`,
  (n) => `(+48) ${thirds(n, '-')}`,
  (n) => `(+48)${n}`,
  (n) => `0048 ${thirds(n, ' ')}`,
  (n) => thirds(n, nbsp),
  (n) => thirds(n, '.'),
  (n) => `tel. ${thirds(n, ' ')}`,
  (n) => `kom. ${n}`,
  (n) => thirds(n, thin),
  (n) => `48${n}`,
  (n) => thirds(n, '–'),
];

const two = (n: string) => `${n.slice(0, 2)} ${n.slice(2, 5)} ${n.slice(5, 7)} ${n.slice(7)}`;
export const landlineForms: readonly [(n: string) => string, ...((n: string) => string)[]] = [
  two,
  (n) => `(${n.slice(0, 2)}) ${two(n).slice(3)}`,
  (n) => `(0-${n.slice(0, 2)}) ${two(n).slice(3)}`,
  (n) => `+48 ${two(n)}`,
  (n) => `${two(n)} wew. ${100 + (Number(n) % 900)}`,
];

const foreign = [
  { shown: '+49 151 12345043', e164: '+4915112345043' },
  { shown: '+44 7911 123826', e164: '+447911123826' },
  { shown: '+380 67 123 33 87', e164: '+380671233387' },
  { shown: '+420 601 123 456', e164: '+420601123456' },
] as const;
const placeholders = ['', 'brak', '-', 'n/d', '—', 'nie podano'] as const;

type Phone = Pick<Person, 'phone' | 'numbers'>;
const mobile = (national: string, form: (n: string) => string): Phone => ({
  phone: form(national),
  numbers: [{ shown: form(national), e164: `+48${national}`, kind: 'mobile' }],
});

const makePhone = (random: Random, earlier: readonly Phone[]): Phone => {
  const chance = random();
  if (chance < 0.05) return { phone: pick(random, placeholders), numbers: [] };
  if (chance < 0.14) {
    const national = makeLandline(random);
    const shown = pick(random, landlineForms)(national);
    return { phone: shown, numbers: [{ shown, e164: `+48${national}`, kind: 'landline' }] };
  }
  if (chance < 0.16) {
    const { shown, e164 } = pick(random, foreign);
    return { phone: shown, numbers: [{ shown, e164, kind: 'foreign' }] };
  }
  if (chance < 0.18) {
    const [a, b] = [mobile(makeMobile(random), mobileForms[0]), mobile(makeMobile(random), mobileForms[0])];
    const between = pick(random, ['; ', ' / ', ', ']);
    return { phone: `${a.phone}${between}${b.phone}`, numbers: [...a.numbers, ...b.numbers] };
  }
  const again = earlier[Math.floor(random() * earlier.length)]?.numbers[0];
  if (chance < 0.2 && again?.kind === 'mobile')
    return mobile(again.e164.slice(3), mobileForms[4] ?? mobileForms[0]);
  return mobile(makeMobile(random), pick(random, mobileForms));
};

/** The first rows hold one of each kind, so that a demo or a test can tick them by their place. */
const opening = (index: number, earlier: readonly Phone[]): Phone | null => {
  const form = (place: number) => mobileForms[place] ?? mobileForms[0];
  const first = earlier[0]?.numbers[0]?.e164.slice(3) ?? '';
  if (index === 0) return mobile('600100200', form(0));
  if (index === 1) return mobile('512345678', form(5));
  if (index === 2) return mobile('695432319', form(1));
  if (index === 3) return mobile('789364670', form(7));
  if (index === 4) return mobile('537990751', form(10));
  if (index === 5) return { phone: 'brak', numbers: [] };
  if (index === 6) {
    const shown = '(12) 749 74 65';
    return { phone: shown, numbers: [{ shown, e164: '+48127497465', kind: 'landline' }] };
  }
  if (index === 7) return mobile(first, form(2));
  return null;
};

const plain = (text: string) =>
  text.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const isoDay = (day: number) => new Date(Date.UTC(2026, 9, 1) + day * 86_400_000).toISOString().slice(0, 10);

/** @returns `count` people, the same for the same seed */
export const makePeople = (count: number, seed = 20_261_001): Person[] => {
  const random = randomOf(seed);
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const woman = random() < 0.5;
    const firstName = pick(random, woman ? women : men);
    const lastName = pick(random, families).replace('*', woman ? 'a' : 'i');
    const city = pick(random, cities);
    const issued = Math.floor(random() * 50) - 20;
    const gross = 8_000 + Math.floor(random() * 1_900_000);
    const owner = lastName.replace(/ska$/, 'ski');
    people.push({
      id: index + 1,
      firstName,
      lastName,
      company: `${pick(random, trades)} ${owner} ${pick(random, forms)}`.trim(),
      nip: makeNip(random),
      order: `${pick(random, ['5', '6', '7'])}${digits(random, 8)}`,
      invoice: `FS/${String(1200 + index)}/2026`,
      ...(opening(index, people) ?? makePhone(random, people)),
      email: `${plain(firstName)}.${plain(lastName)}@firma${index + 1}.example`,
      street: `ul. ${pick(random, streets)} ${1 + Math.floor(random() * 120)}`,
      city,
      issued: isoDay(issued),
      due: isoDay(issued + pick(random, [7, 14, 21, 30])),
      gross,
      left: random() < 0.3 ? Math.floor(gross / 2) : gross,
    });
  }
  return people;
};

/** `12 345,67 zł`, as a Polish page prints grosze: with a no-break space. */
export const money = (grosze: number): string => {
  const [whole = '', part = ''] = (grosze / 100).toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, nbsp)},${part}${nbsp}zł`;
};

/** `24.11.2026` */
export const day = (iso: string): string => iso.split('-').reverse().join('.');
