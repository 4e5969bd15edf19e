import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCells, scoreColumn } from './index.ts';
import { chance } from './labelled/chance.ts';
import { type LabelledColumn, NEUTRAL_HEADERS, phoneColumn, uniformColumn } from './labelled/columns.ts';
import { decoyColumn, headlessDecoyColumn, mobileLikeId, regon } from './labelled/decoys.ts';
import { handColumns } from './labelled/hand.ts';
import { type Figures, Tally } from './labelled/measure.ts';

const SEEDS = [11, 12, 13];
const COLUMNS = 150;

function measure(make: (luck: ReturnType<typeof chance>) => LabelledColumn): Figures {
  const tally = new Tally();
  for (const seed of SEEDS) {
    const luck = chance(seed);
    for (let i = 0; i < COLUMNS; i++) {
      const { header, cells } = make(luck);
      const read = readCells({ header, cells: cells.map((cell) => cell.text) });
      expect(read.map((cell) => cell.text)).toEqual(cells.map((cell) => cell.text));
      cells.forEach((cell, at) => {
        // The kind counts too: a landline taken for a mobile is a wrong answer.
        const wanted = cell.numbers.map((number) => `${number.e164} ${number.kind}`);
        const got = read[at]?.numbers.map((number) => `${number.e164} ${number.kind}`) ?? [];
        tally.add(wanted, got, JSON.stringify([header, cell.text]));
      });
    }
  }
  return tally.figures();
}

function expectFigures(figures: Figures, precision: number, recall: number, least: number): void {
  console.info(
    `precision ${figures.precision.toFixed(4)} recall ${figures.recall.toFixed(4)} of ${figures.wanted}`,
  );
  expect(figures.wanted).toBeGreaterThan(least);
  expect(figures.precision, figures.wrong.join('\n')).toBeGreaterThanOrEqual(precision);
  expect(figures.recall, figures.wrong.join('\n')).toBeGreaterThanOrEqual(recall);
}

describe('numbers are found in labelled columns', () => {
  it('of every notation, under headers in four languages, beside decoy columns', () => {
    expectFigures(
      measure((luck) => (luck.is(0.6) ? phoneColumn(luck) : decoyColumn(luck))),
      0.995,
      0.99,
      3000,
    );
  });

  it('of one notation, as systems fill them', () => {
    expectFigures(
      measure((luck) => (luck.is(0.6) ? uniformColumn(luck) : decoyColumn(luck))),
      0.995,
      0.99,
      3000,
    );
  });

  it('without a telling header, by the cells alone', () => {
    const make = (luck: ReturnType<typeof chance>) => {
      if (luck.is(0.4)) return headlessDecoyColumn(luck, NEUTRAL_HEADERS.slice(0, 9));
      return luck.is(0.5) ? uniformColumn(luck, NEUTRAL_HEADERS) : phoneColumn(luck, NEUTRAL_HEADERS);
    };
    expectFigures(measure(make), 0.995, 0.98, 3000);
  });

  it('written by hand, as Polish, Czech, German, British, American and Ukrainian systems have them', () => {
    const byHand = readFileSync(new URL('labelled/columns.txt', import.meta.url), 'utf8');
    const tally = new Tally();
    for (const { region, header, cells } of handColumns(byHand)) {
      const read = readCells({ header, region, cells: cells.map((cell) => cell.text) });
      cells.forEach(({ text, numbers }, at) => {
        const got = read[at]?.numbers.map((number) => number.e164) ?? [];
        tally.add(numbers, got, `${region} ${header}: ${JSON.stringify(text)}`);
      });
    }
    expectFigures(tally.figures(), 0.995, 0.99, 400);
  });

  const shared = new URL('../../../shared/cases/phone-cases.json', import.meta.url);
  it.runIf(existsSync(shared))('of the shared cases', () => {
    const { columns } = JSON.parse(readFileSync(shared, 'utf8')) as {
      columns: { header: string; cells: { text: string; numbers: string[]; sms: boolean[] }[] }[];
    };
    const tally = new Tally();
    for (const { header, cells } of columns) {
      const read = readCells({ header, cells: cells.map((cell) => cell.text) });
      cells.forEach((cell, at) => {
        tally.add(
          cell.numbers,
          read[at]?.numbers.map((number) => number.e164) ?? [],
          `${header}: ${cell.text}`,
        );
      });
    }
    expectFigures(tally.figures(), 0.995, 0.99, 100);
  });
});

describe('a column is decided', () => {
  const luck = chance(5);
  const ids = Array.from({ length: 20 }, () => mobileLikeId(luck));
  const role = (header: string, sample: string[]) => scoreColumn({ header, sample }).role;

  it.each([
    'NIP',
    'REGON',
    'Identyfikator',
    'Nr zamówienia',
    'Fax',
    'ID telefonu',
    'Phone ID',
    'Kundennummer',
    'Номер замовлення',
  ])('a decoy by its header %s, though its cells look like mobiles', (header) => {
    expect(role(header, ids)).toBe('decoy');
    expect(readCells({ header, cells: ids }).flatMap((cell) => cell.numbers)).toEqual([]);
  });

  it.each([
    'Nr telefonu do zamówienia',
    'Tel. / e-mail',
    'Nr tel.',
    'Telefon / Fax',
    'Handynummer',
    'phoneNumber',
    'Моб. тел.',
  ])('a phone column by its header %s', (header) => {
    expect(role(header, ids)).toBe('phone');
    expect(readCells({ header, cells: ids }).flatMap((cell) => cell.numbers)).toHaveLength(20);
  });

  it('a decoy by checksums, when the header says nothing', () => {
    expect(
      role(
        '',
        Array.from({ length: 8 }, () => regon(luck)),
      ),
    ).toBe('decoy');
  });

  it('a decoy by counting upwards, when the header says nothing', () => {
    expect(role('', ['600100200', '600100201', '600100205', '600100206'])).toBe('decoy');
    expect(role('Telefon', ['600100200', '600100201', '600100205', '600100206'])).toBe('phone');
  });

  it('a phone column though sorted by number', () => {
    expect(role('', [...ids].sort())).toBe('phone');
  });

  it('a number of something unnamed only where its cells are surely phones', () => {
    expect(role('Nr albumu', ids)).not.toBe('phone');
    expect(role('Nr matki', ['+48 600 100 200', '601 200 300'])).toBe('phone');
  });

  it('a column of people', () => {
    expect(role('Imię i nazwisko', ['Jan Kowalski'])).toBe('name');
    expect(role('', ['Jan Kowalski', 'Anna Maria Nowak-Zielińska', 'Żaneta Łoś'])).toBe('name');
  });

  it('mobiles before landlines', () => {
    const mobile = scoreColumn({ header: 'Tel. kom.', sample: ['600 100 200'] });
    const desk = scoreColumn({ header: 'Telefon', sample: ['22 123 45 67'] });
    expect(mobile.score).toBeGreaterThan(desk.score);
    expect(mobile.score).toBeLessThanOrEqual(1);
  });

  it('nothing, where there is nothing', () => {
    expect(readCells({ header: '', cells: [] })).toEqual([]);
    expect(readCells({ header: 'Telefon', cells: ['', ' ', '-'] })).toEqual([
      { text: '', numbers: [] },
      { text: ' ', numbers: [] },
      { text: '-', numbers: [] },
    ]);
    expect(role('Telefon', ['tak', 'nie', 'tak', 'nie', 'tak'])).toBe('other');
  });
});
