import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BlockedImported } from '../../shared/api/blocked-names.ts';
import type { NameAnswer, SenderNameDetail } from '../../shared/api/sender-names.ts';
import { testRuntime } from '../database/temporary.node.ts';
import { readBlockedCsv } from './blocked/reading.ts';
import { type Office, type OfficeOptions, office, statement } from './fixture.node.ts';
import { longestScan } from './scan-store.ts';
import { statementPdf } from './statement-pdf.node.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function open(options: OfficeOptions = {}): Promise<Office> {
  const made = await office(options);
  ends.push(async () => {
    await made.settled();
    await made.end();
  });
  return made;
}

describe('the accepted statement on paper', () => {
  const hostile = '<script>alert(1)</script> & "Synowie"';

  it('a page to print: what was accepted, nothing runs, nothing is loaded', async () => {
    const at = await open();
    const { id } = await at.add('Nowak', { statement: statement({ company: hostile }) });
    const page = await at.call<{ text: string }>('GET', `/v1/sender-names/${id}/statement.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(page.body.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Synowie&quot;');
    expect(page.body.text).not.toMatch(/<script|https?:\/\//);
    expect(page.body.text).toContain('Oświadczenie właściciela nazwy nadawcy SMS');
    expect(page.body.text).toContain('Zaakceptowano elektronicznie');
    expect(page.body.text).toContain('<dt>Nazwa nadawcy</dt><dd class="name">Nowak</dd>');
    expect(page.body.text).toContain('<dt>NIP</dt><dd>856-734-62-15</dd>');
  });

  // A Worker makes no PDF: it has no files to read fonts from.
  it.skipIf(testRuntime() === 'workerd')('a PDF with Polish letters, the same file each time', async () => {
    const at = await open({ statementPdf });
    const { id } = await at.add('Nowak', { statement: statement({ company: 'Zażółć gęślą jaźń S.A.' }) });
    const [one, two] = [0, 1].map(() =>
      at.call<{ text: string }>('GET', `/v1/sender-names/${id}/statement.pdf`),
    );
    expect((await one)?.headers.get('content-type')).toBe('application/pdf');
    expect((await one)?.body.text.slice(0, 5)).toBe('%PDF-');
    expect((await one)?.body.text).toBe((await two)?.body.text);
    const bytes = Buffer.from(
      await statementPdf({
        id: 'stm_1',
        organisationId: 'org_1',
        nameId: id,
        name: 'Nowak',
        version: '2026-01',
        variant: 'crm',
        language: 'pl',
        title: 'Oświadczenie',
        text: 'Zażółć gęślą jaźń',
        companyId: null,
        company: 'Nowak',
        address: '',
        nip: '',
        signatory: '',
        email: 'anna@org1.test',
        acceptedAt: 0,
        acceptedBy: 'Anna',
        changesSlot: null,
        submittedAt: null,
        slotChangedBefore: null,
        mail: { subject: '', body: '' },
      }),
    );
    // The embedded font tells which letters its glyphs are, so that text can be searched and read out.
    const maps = streamsOf(bytes).filter((stream) => stream.includes('beginbfrange'));
    const letters = maps
      .join('')
      .match(/<([0-9a-f]{4})>/g)
      ?.map((hex) => String.fromCharCode(Number.parseInt(hex.slice(1, 5), 16)));
    for (const letter of 'śżółćęąźńZ') expect(letters, letter).toContain(letter);
  });

  it('where the machine makes no PDF the page is answered in its place', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const answer = await at.call('GET', `/v1/sender-names/${id}/statement.pdf`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('none is accepted: there is nothing to print', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    await at.call('PATCH', `/v1/sender-names/${id}`, { name: 'Kowal' });
    for (const path of ['statement.html', 'statement.pdf', 'statement/scan']) {
      expect((await at.call('GET', `/v1/sender-names/${id}/${path}`)).status).toBe(404);
    }
  });
});

function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('\nendstream', at);
    try {
      streams.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // Not compressed, or the word within "endstream".
    }
  }
  return streams;
}

describe('a signed scan', () => {
  const file = (start: readonly number[], size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(start);
    return bytes;
  };
  const pdf = [...new TextEncoder().encode('%PDF-1.7')];
  const put = (at: Office, id: string, raw: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    at.call<{ code?: string; kind?: string; size?: number }>(
      'PUT',
      `/v1/sender-names/${id}/statement/scan`,
      undefined,
      { raw, headers },
    );

  it.each([
    ['application/pdf', pdf],
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ] as const)('of 5 MB is kept and given back as it was: %s', async (kind, start) => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const size = 5 * 1024 * 1024;
    // Whatever it says it is: the first bytes decide.
    const kept = await put(at, id, file(start, size), { 'Content-Type': 'application/octet-stream' });
    expect(kept).toMatchObject({ status: 200, body: { kind, size } });
    const back = await at.call('GET', `/v1/sender-names/${id}/statement/scan`);
    expect(back.headers.get('content-type')).toBe(kind);
    const [row] = await at.rows(`SELECT sum(length(bytes)) AS size FROM (
      SELECT bytes FROM statement_scans UNION ALL SELECT bytes FROM statement_scan_pieces)`);
    expect(row).toEqual({ size });
    const shown = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(shown.body.statement?.scan).toMatchObject({ kind, size });
  });

  it('of 50 MB is refused, also where its length is not told', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const big = file(pdf, 50 * 1024 * 1024);
    const told: Record<string, string>[] = [
      { 'Content-Length': String(big.length) },
      { 'Transfer-Encoding': 'chunked' },
    ];
    for (const headers of told) {
      expect(await put(at, id, big, headers)).toMatchObject({
        status: 413,
        body: { code: 'body-too-large' },
      });
    }
    const edge = { 'Content-Length': String(longestScan) };
    expect((await put(at, id, file(pdf, longestScan), edge)).status).toBe(200);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a web page', new TextEncoder().encode('<html><script>alert(1)</script>')],
    ['a program', file([0x4d, 0x5a], 100)],
    ['a PDF with something before it', new TextEncoder().encode(' %PDF-1.7')],
    ['half a signature', new TextEncoder().encode('%PD')],
  ])('that is no PDF or picture is refused: %s', async (_what, bytes) => {
    const at = await open();
    const { id } = await at.add('Nowak');
    expect(await put(at, id, bytes, { 'Content-Type': 'application/pdf' })).toMatchObject({
      status: 422,
      body: { code: 'scan-unsupported' },
    });
    expect(await at.rows('SELECT statement_id FROM statement_scans')).toEqual([]);
  });

  it('another one takes its place', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    await put(at, id, file(pdf, 5 * 1024 * 1024));
    await put(at, id, file([0xff, 0xd8, 0xff], 50));
    expect(await at.rows('SELECT kind, size FROM statement_scans')).toEqual([
      { kind: 'image/jpeg', size: 50 },
    ]);
    expect(await at.rows('SELECT * FROM statement_scan_pieces')).toEqual([]);
  });
});

describe('R10c: lists of reserved names', () => {
  const bring = (at: Office, csv: string, more: object = {}, as = 'anna') =>
    at.call<BlockedImported & { code?: string; errors?: { path: string; code: string }[] }>(
      'POST',
      '/v1/blocked-names/imports',
      { source: 'CSIRT NASK', listedOn: '2026-03-01', csv, ...more },
      { as },
    );
  const refusals = async (at: Office, name: string, as = 'anna') =>
    (await at.call<NameAnswer>('POST', '/v1/sender-names/check', { name }, { as })).body.refusals;

  it('an imported name is refused at once, with its date and source kept, for this organisation alone', async () => {
    const at = await open();
    expect(await refusals(at, 'ZUS')).toEqual([]);
    const done = await bring(at, 'Nazwa;Podmiot\nZUS;Zakład Ubezpieczeń\nT-Bank;Bank\n');
    expect(done.body).toMatchObject({
      source: 'CSIRT NASK',
      listedOn: '2026-03-01',
      names: 2,
      importedBy: 'Anna Nowak',
      importedAt: at.clock.now(),
    });
    expect(await refusals(at, 'zus')).toEqual([{ code: 'blocked', name: 'ZUS', kind: 'imported' }]);
    expect((await refusals(at, 'TBank'))[0]).toMatchObject({ code: 'blocked', name: 'T-Bank' });
    expect(await refusals(at, 'ZUS', 'olga')).toEqual([]);
    expect((await bring(at, 'X', {}, 'piotr')).status).toBe(403);
  });

  it('a later list of the source takes the place of the earlier; the same again changes nothing', async () => {
    const at = await open();
    const first = await bring(at, 'ZUS\nKAS\n');
    const same = await bring(at, 'ZUS\nKAS\n');
    expect(same.body).toEqual(first.body);
    expect(await at.rows(`SELECT id FROM audit WHERE act = 'blocked-names.imported'`)).toHaveLength(1);
    await bring(at, 'KAS\nBank\n', { listedOn: '2026-04-01' });
    await bring(at, 'Inna\n', { source: 'Własna' });
    expect(await refusals(at, 'ZUS')).toEqual([]);
    expect(await refusals(at, 'Bank')).not.toEqual([]);
    const { body } = await at.call<{ items: BlockedImported[] }>('GET', '/v1/blocked-names/imports');
    expect(body.items.map((it) => [it.source, it.listedOn, it.names])).toEqual([
      ['CSIRT NASK', '2026-04-01', 2],
      ['Własna', '2026-03-01', 1],
    ]);
    const listed = await at.call<{ items: { name: string }[] }>('GET', '/v1/blocked-names?limit=2');
    expect(listed.body.items.map((it) => it.name)).toEqual(['KAS', 'Bank']);
    const rest = await at.call<{ items: { name: string }[] }>(
      'GET',
      `/v1/blocked-names?cursor=${(listed.body as unknown as { next: string }).next}`,
    );
    expect(rest.body.items.map((it) => it.name)).toEqual(['Inna']);
    expect((await at.call('DELETE', `/v1/blocked-names/imports/${body.items[0]?.id}`)).status).toBe(204);
    expect(await refusals(at, 'Bank')).toEqual([]);
    expect((await at.call('DELETE', `/v1/blocked-names/imports/${body.items[0]?.id}`)).status).toBe(404);
  });

  it('broken rows: which lines, and nothing is imported', async () => {
    const at = await open();
    await bring(at, 'Stara\n');
    const broken = await bring(
      at,
      `Nazwa,Uwagi\nZUS,\n,bez nazwy\n"dwie\nlinie",x\nDobra,\n${'x'.repeat(65)},\nZ\u0007a,\n"otwarty`,
    );
    expect(broken).toMatchObject({ status: 422, body: { code: 'blocked-list-broken' } });
    expect(broken.body.errors?.map(({ path, code }) => [path, code])).toEqual([
      ['/csv/3', 'empty'],
      ['/csv/4', 'characters'],
      ['/csv/7', 'too-long'],
      ['/csv/8', 'characters'],
      ['/csv/9', 'csv'],
    ]);
    expect(await at.rows('SELECT name FROM blocked_names')).toEqual([{ name: 'Stara' }]);
  });

  it.each([
    ['empty', '', '/csv/1'],
    ['a header alone', 'nazwa\n', '/csv/1'],
    ['not UTF-8', 'Dobra\nZ\ufffdus\n', '/csv/2'],
  ])('refused: %s', async (_what, csv, path) => {
    const at = await open();
    expect((await bring(at, csv)).body.errors?.[0]?.path).toBe(path);
  });

  it('commas, semicolons, tabs, a byte order mark, CR LF and quotes are read alike', () => {
    for (const csv of [
      'Nazwa,X\nZUS,1\n"Bank, A",2',
      '\ufeffnazwa;X\r\nZUS;1\r\n\r\n"Bank, A";2\r\n',
      'X\tnadpis\n1\tZUS\n2\tBank, A\n',
      'Lp.;Podmiot;Zastrzeżony nadpis SMS\n1;Zakład;ZUS\n2;Bank;"Bank, A"\n',
      'nazwa\nZUS\nBank, A\n',
      'ZUS\nBank, A',
    ]) {
      const read = readBlockedCsv(csv);
      expect(read.ok && read.rows.map((row) => row.name), JSON.stringify(csv)).toEqual(['ZUS', 'Bank, A']);
    }
  });

  it('10,000 rows are imported within a second, looked up, and more than the limit refused', async () => {
    const at = await open();
    const rows = Array.from({ length: 10_000 }, (_, n) => `Nazwa ${n};Podmiot ${n}`);
    const start = performance.now();
    const done = await bring(at, `nazwa;podmiot\n${rows.join('\n')}\n`);
    const took = performance.now() - start;
    expect(done.body.names).toBe(10_000);
    // Printed, not judged: a loaded machine must not decide a test.
    console.info(`10,000 reserved names imported in ${Math.round(took)} ms`);
    expect((await refusals(at, 'nazwa 9999'))[0]).toMatchObject({ code: 'blocked' });
    const many = readBlockedCsv(Array.from({ length: 100_002 }, (_, n) => `N${n}`).join('\n'));
    expect(many).toMatchObject({ ok: false, broken: [{ code: 'too-many', path: '/csv/100001' }] });
  });
});
