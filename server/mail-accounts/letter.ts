import { createTransport } from 'nodemailer';
import { headerAddress, headerSafe } from '../../shared/sender-name/index.ts';

export interface LetterContent {
  from: string;
  to: string;
  cc?: string;
  subject: string;
  text: string;
  /** `<…@…>`: the same for every try, so that a mail program shows one letter. */
  messageId: string;
  /** Milliseconds since the epoch. */
  date: number;
  attachments?: readonly { filename: string; contentType: string; content: Uint8Array }[];
}

/**
 * The whole message as it goes over the wire (RFC 5322), ASCII with CR LF. Addresses are bare, headers one line each,
 * whatever comes in.
 * @throws {TypeError} for an address that is none
 */
export async function composeLetter(content: LetterContent): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const sent = await transport.sendMail({
    from: bare(content.from),
    to: bare(content.to),
    ...(content.cc !== undefined && { cc: bare(content.cc) }),
    subject: headerSafe(content.subject),
    text: content.text.toWellFormed(),
    // A text of one encoding that every mail program reads.
    textEncoding: 'quoted-printable',
    messageId: content.messageId,
    date: new Date(content.date),
    attachments: (content.attachments ?? []).map((attachment) => ({
      filename: headerSafe(attachment.filename),
      contentType: attachment.contentType,
      content: Buffer.from(attachment.content),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return sent.message.toString();
}

function bare(address: string): string {
  const checked = headerAddress(address);
  if (checked === undefined) throw new TypeError('not one bare e-mail address');
  return checked;
}
