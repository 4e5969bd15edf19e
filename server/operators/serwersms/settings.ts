import { z } from 'zod';
import type { OperatorForm } from '../form.ts';
import { operatorUrl } from '../operator-url.ts';

export const serwerSmsSettings = z.strictObject({
  token: z.string().trim().min(1).max(500),
  baseUrl: operatorUrl.default('https://api2.serwersms.pl'),
  /** The account's optional control of `unique_id`: with it, sending again after `unknown` is safe. */
  duplicateControl: z.boolean().default(false),
  partsPerSecond: z.number().positive().max(10_000).nullable().default(null),
});

export type SerwerSmsSettings = z.infer<typeof serwerSmsSettings>;

export const serwerSmsForm: OperatorForm = {
  title: { pl: 'SerwerSMS.pl', en: 'SerwerSMS.pl' },
  intro: {
    pl: 'W panelu SerwerSMS otwórz Ustawienia interfejsów → HTTPS API → Tokeny API i utwórz token dla użytkownika API z prawem wysyłki, raportów i nazw nadawcy.',
    en: 'In the SerwerSMS panel open Interface settings → HTTPS API → API tokens and make a token for an API user who may send, read reports and manage sender names.',
  },
  fields: [
    {
      key: 'token',
      kind: 'secret',
      secret: true,
      required: true,
      label: { pl: 'Token API', en: 'API token' },
      help: {
        pl: 'Przechowujemy go zaszyfrowany i nigdy nie pokazujemy ponownie.',
        en: 'It is stored encrypted and never shown again.',
      },
    },
    {
      key: 'duplicateControl',
      kind: 'switch',
      secret: false,
      required: false,
      label: { pl: 'Kontrola duplikatów unique_id', en: 'Duplicate control of unique_id' },
      help: {
        pl: 'Zaznacz tylko wtedy, gdy jest włączona na koncie SerwerSMS (włącza ją operator). Wiadomość o nieznanym losie można wtedy bezpiecznie ponowić.',
        en: 'Tick it only when it is on for your SerwerSMS account (the operator turns it on). A message whose fate is unknown can then safely be sent again.',
      },
    },
    {
      key: 'partsPerSecond',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Części na sekundę', en: 'Parts a second' },
      help: {
        pl: 'Zostaw puste: operator nie podaje limitu.',
        en: 'Leave empty: the operator documents no limit.',
      },
    },
    {
      key: 'baseUrl',
      kind: 'text',
      secret: false,
      required: false,
      label: { pl: 'Adres API', en: 'API address' },
      help: {
        pl: 'Zmieniaj tylko na prośbę operatora.',
        en: 'Change it only when the operator asks you to.',
      },
    },
  ],
};
