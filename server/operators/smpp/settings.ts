import { z } from 'zod';
import type { OperatorForm } from '../form.ts';

/** Fields of a C string of the protocol: ASCII, shorter than the room by its closing zero. */
const cString = (room: number) =>
  z
    .string()
    .regex(/^[\x20-\x7e]*$/)
    .max(room - 1);

export const smppSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.int().min(1).max(65_535).default(2775),
  tls: z.boolean().default(true),
  systemId: cString(16).min(1),
  password: cString(9),
  systemType: cString(13).default(''),
  /** How a text of several parts travels: parts with a concatenation header, or whole as `message_payload`. */
  longTexts: z.enum(['udh', 'payload']).default('udh'),
  /** In what the ids of receipts are written, where it is not in what the answers' ids are. */
  receiptIds: z.enum(['same', 'decimal', 'hex']).default('same'),
  /** Requests that may be unanswered at a time. */
  window: z.int().min(1).max(1000).default(10),
  partsPerSecond: z.number().positive().max(10_000).nullable().default(null),
});

export type SmppSettings = z.infer<typeof smppSettings>;

export const smppForm: OperatorForm = {
  title: { pl: 'SMPP 3.4', en: 'SMPP 3.4' },
  intro: {
    pl: 'Dla operatorów, którzy dają połączenie SMPP. Dane logowania i limity podaje operator. Działa tylko na serwerze Node, nie na Workers.',
    en: 'For operators who offer an SMPP connection. Login and limits come from the operator. Works on a Node server only, not on Workers.',
  },
  fields: [
    {
      key: 'host',
      kind: 'text',
      secret: false,
      required: true,
      label: { pl: 'Adres serwera', en: 'Server address' },
      help: { pl: 'Bez portu.', en: 'Without the port.' },
    },
    {
      key: 'port',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Port', en: 'Port' },
      help: { pl: 'Zwykle 2775, z TLS często 3550.', en: 'Usually 2775, with TLS often 3550.' },
    },
    {
      key: 'tls',
      kind: 'switch',
      secret: false,
      required: false,
      label: { pl: 'Szyfrowanie TLS', en: 'TLS encryption' },
      help: {
        pl: 'Bez TLS hasło i treść idą siecią jawnie: wyłącz tylko w sieci prywatnej (VPN).',
        en: 'Without TLS, password and texts cross the network in the clear: turn it off only inside a private network (VPN).',
      },
    },
    {
      key: 'systemId',
      kind: 'text',
      secret: false,
      required: true,
      label: { pl: 'system_id (login)', en: 'system_id (login)' },
      help: { pl: 'Do 15 znaków.', en: 'Up to 15 characters.' },
    },
    {
      key: 'password',
      kind: 'secret',
      secret: true,
      required: true,
      label: { pl: 'Hasło', en: 'Password' },
      help: {
        pl: 'Do 8 znaków, tyle mieści protokół. Przechowywane zaszyfrowane.',
        en: 'Up to 8 characters, which is what the protocol holds. Stored encrypted.',
      },
    },
    {
      key: 'systemType',
      kind: 'text',
      secret: false,
      required: false,
      label: { pl: 'system_type', en: 'system_type' },
      help: { pl: 'Tylko jeśli operator go podał.', en: 'Only if the operator gave you one.' },
    },
    {
      key: 'longTexts',
      kind: 'choice',
      secret: false,
      required: false,
      label: { pl: 'Długie wiadomości', en: 'Long texts' },
      help: {
        pl: 'Części z nagłówkiem UDH rozumie każdy operator.',
        en: 'Parts with a UDH header are understood by every operator.',
      },
      choices: [
        { value: 'udh', label: { pl: 'części z nagłówkiem UDH', en: 'parts with a UDH header' } },
        { value: 'payload', label: { pl: 'w całości (message_payload)', en: 'whole (message_payload)' } },
      ],
    },
    {
      key: 'receiptIds',
      kind: 'choice',
      secret: false,
      required: false,
      label: { pl: 'Identyfikatory w raportach', en: 'Ids in receipts' },
      help: {
        pl: 'Zmień, jeśli raporty przychodzą, ale nie pasują do wiadomości.',
        en: 'Change it if receipts arrive but match no message.',
      },
      choices: [
        { value: 'same', label: { pl: 'takie same jak przy wysyłce', en: 'the same as when sending' } },
        {
          value: 'decimal',
          label: { pl: 'dziesiętne (przy wysyłce szesnastkowe)', en: 'decimal (hexadecimal when sending)' },
        },
        {
          value: 'hex',
          label: { pl: 'szesnastkowe (przy wysyłce dziesiętne)', en: 'hexadecimal (decimal when sending)' },
        },
      ],
    },
    {
      key: 'window',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Okno', en: 'Window' },
      help: {
        pl: 'Ile wiadomości może naraz czekać na odpowiedź operatora.',
        en: 'How many messages may wait for the operator’s answer at a time.',
      },
    },
    {
      key: 'partsPerSecond',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Części na sekundę', en: 'Parts a second' },
      help: { pl: 'Limit z umowy z operatorem.', en: 'The limit in your contract with the operator.' },
    },
  ],
};
