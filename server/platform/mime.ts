import { createTransport } from 'nodemailer';
import type { Mail } from './platform.ts';

/** A header's value on one line: what comes after a line end would be another header. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u0085\u2028\u2029\0]+/g, ' ').trim();

/** A mail as nodemailer takes it. No file or address in it is ever fetched. */
export function outgoingMail(mail: Mail, from: string) {
  return {
    from: oneLine(mail.from ?? from),
    to: oneLine(mail.to),
    ...(mail.cc === undefined ? {} : { cc: oneLine(mail.cc) }),
    subject: oneLine(mail.subject),
    text: mail.text,
    // The same for a retry, so that a mailbox that got both shows one.
    ...(mail.idempotencyKey === undefined ? {} : { messageId: messageId(mail.idempotencyKey, from) }),
    attachments: (mail.attachments ?? []).map((attachment) => ({
      filename: oneLine(attachment.filename),
      contentType: attachment.contentType,
      content: Buffer.from(attachment.content),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'nadpis.invalid';
  return `<${key.replace(/[^\w.-]/g, '-').slice(0, 200)}@${domain}>`;
}

/** The whole message as it would go over the wire (RFC 5322), with CR LF line ends. */
export async function composeMail(mail: Mail, from: string): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const sent = await transport.sendMail(outgoingMail(mail, from));
  return sent.message.toString();
}
