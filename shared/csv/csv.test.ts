import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvLines, csvOf } from './csv.ts';

test('a file that spreadsheets open as it is: marked UTF-8, CRLF, quotes doubled, its separator quoted alone', () => {
  const row = ['Żółć', 'a;b', 'a,b', 'a"b', 'dwie\nlinie', 7];
  expect(csvOf([row], ';')).toBe('\uFEFFŻółć;"a;b";a,b;"a""b";"dwie\nlinie";7\r\n');
  expect(csvOf([row], ',')).toBe('\uFEFFŻółć,a;b,"a,b","a""b","dwie\nlinie",7\r\n');
});

test('a hostile name is no formula, and a number stays one', () => {
  const row = ['=HYPERLINK("http://evil.example")', '@SUM(1)', '-1+1', '+48600100200', '\tx', '＝1+1', -5];
  expect(csvLines([row], ';')).toBe(
    '"\'=HYPERLINK(""http://evil.example"")";\'@SUM(1);\'-1+1;+48600100200;\'\tx;\'＝1+1;-5\r\n',
  );
});

test('what is written is read again as it was, in pieces too', () => {
  const rows = [
    ['a', ''],
    ['"', ';'],
    ['x\r\ny', 'ż'],
  ];
  const file = csvOf(rows.slice(0, 1), ';') + csvLines(rows.slice(1), ';');
  expect(Papa.parse(file.slice(1).trimEnd(), { delimiter: ';' }).data).toEqual(rows);
});
