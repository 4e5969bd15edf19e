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
  const { language, title, paragraphs, footer, signature } = printed(statement);
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
  document.font(fonts.text).fontSize(11);
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
