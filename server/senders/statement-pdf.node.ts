import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { StatementRecord } from './name-store.ts';
import { printed } from './statement-page.ts';

const resolve = createRequire(import.meta.url).resolve;

/** The fonts of PDF itself have no Polish letters; these do, and go into the file. */
const fonts = {
  text: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

/** The accepted statement as a PDF (A4), with room for a signature. The same statement gives the same file. */
export function statementPdf(statement: StatementRecord): Promise<Uint8Array<ArrayBuffer>> {
  const { language, title, facts, paragraphs, footer, signature } = printed(statement);
  const accepted = new Date(statement.acceptedAt);
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    lang: language,
    tagged: true,
    displayTitle: true,
    info: { Title: title, Author: statement.company, CreationDate: accepted, ModDate: accepted },
  });
  const finished = new Promise<Uint8Array<ArrayBuffer>>((done, fail) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('error', fail);
    document.on('end', () => done(Uint8Array.from(Buffer.concat(chunks))));
  });

  document.font(fonts.bold).fontSize(15).text(title).moveDown(1.5);
  const rule = () => {
    const { left, right } = document.page.margins;
    document
      .moveTo(left, document.y)
      .lineTo(document.page.width - right, document.y)
      .lineWidth(0.5)
      .stroke('#bbb');
  };
  rule();
  document.fontSize(11).moveDown(0.6);
  for (const [at, [label, value]] of facts.entries()) {
    const { left, right } = document.page.margins;
    const { y } = document;
    document.font(fonts.text).fillColor('#555').text(label, left, y, { width: 110 });
    const beside = { width: document.page.width - right - left - 120, lineGap: 2 };
    document
      .font(at === 0 ? fonts.bold : fonts.text)
      .fillColor('#111')
      .text(value, left + 120, y, beside)
      .moveDown(0.3);
  }
  document.x = document.page.margins.left;
  document.moveDown(0.3);
  rule();
  document.moveDown(1.2).font(fonts.text).fillColor('#111');
  for (const paragraph of paragraphs) document.text(paragraph, { lineGap: 4 }).moveDown(0.8);
  document.moveDown(5);
  const { x, y } = document;
  document
    .moveTo(x, y)
    .lineTo(x + 260, y)
    .lineWidth(0.5)
    .stroke();
  document.fontSize(8).text(signature, x, y + 6);
  document.moveDown(3).fillColor('#444');
  for (const line of footer) document.text(line);
  document.end();
  return finished;
}
