import { z } from 'zod';
import type { OperatorForm } from '../form.ts';
import { operatorUrl } from '../operator-url.ts';

export const smsApiSettings = z.strictObject({
  token: z.string().trim().min(1).max(500),
  baseUrl: operatorUrl.default('https://api.smsapi.pl'),
  partsPerSecond: z.number().positive().max(10_000).nullable().default(null),
});

export type SmsApiSettings = z.infer<typeof smsApiSettings>;

export const smsApiForm: OperatorForm = {
  title: { pl: 'SMSAPI.pl', en: 'SMSAPI.pl' },
  intro: {
    pl: 'W panelu SMSAPI utwórz token API (OAuth) z prawem wysyłki, pól nadawcy i profilu. Jeśli konto ma filtr adresów IP, dopisz do niego adres tego serwera.',
    en: 'In the SMSAPI panel make an API token (OAuth) with the scopes for sending, sender names and profile. If your account filters IP addresses, add that of this server.',
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
      key: 'partsPerSecond',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Części na sekundę', en: 'Parts a second' },
      help: {
        pl: 'Zostaw puste, chyba że operator odpowiada „za dużo jednoczesnych żądań” (202).',
        en: 'Leave empty unless the operator answers “too many simultaneous requests” (202).',
      },
    },
    {
      key: 'baseUrl',
      kind: 'text',
      secret: false,
      required: false,
      label: { pl: 'Adres API', en: 'API address' },
      help: {
        pl: 'https://api.smsapi.pl; zapasowy: https://api2.smsapi.pl. Konta w innych krajach: https://api.smsapi.com, .bg lub .se.',
        en: 'https://api.smsapi.pl; backup: https://api2.smsapi.pl. Accounts elsewhere: https://api.smsapi.com, .bg or .se.',
      },
    },
  ],
};
