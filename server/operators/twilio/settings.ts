import { z } from 'zod';
import type { OperatorForm } from '../form.ts';
import { operatorUrl } from '../operator-url.ts';

export const twilioSettings = z
  .strictObject({
    accountSid: z
      .string()
      .trim()
      .regex(/^AC[0-9a-fA-F]{32}$/),
    /** Signs callbacks; also signs us in where there is no API key. */
    authToken: z.string().trim().min(1).max(200),
    apiKeySid: z
      .string()
      .trim()
      .regex(/^SK[0-9a-fA-F]{32}$/)
      .nullable()
      .default(null),
    apiKeySecret: z.string().trim().min(1).max(200).nullable().default(null),
    baseUrl: operatorUrl.default('https://api.twilio.com'),
    partsPerSecond: z.number().positive().max(10_000).nullable().default(null),
  })
  .refine((it) => (it.apiKeySid === null) === (it.apiKeySecret === null), {
    message: 'an API key has a SID and a secret',
    path: ['apiKeySecret'],
  });

export type TwilioSettings = z.infer<typeof twilioSettings>;

export const twilioForm: OperatorForm = {
  title: { pl: 'Twilio', en: 'Twilio' },
  intro: {
    pl: 'Account SID i Auth Token są na stronie głównej konsoli Twilio. Nazwy nadawcy włącza się tam dla każdego kraju; sam numer telefonu nie jest potrzebny.',
    en: 'The Account SID and Auth Token stand on the Twilio console’s first page. Sender names are enabled there by country; no phone number is needed.',
  },
  fields: [
    {
      key: 'accountSid',
      kind: 'text',
      secret: false,
      required: true,
      label: { pl: 'Account SID', en: 'Account SID' },
      help: { pl: 'Zaczyna się od AC.', en: 'Begins with AC.' },
    },
    {
      key: 'authToken',
      kind: 'secret',
      secret: true,
      required: true,
      label: { pl: 'Auth Token', en: 'Auth Token' },
      help: {
        pl: 'Sprawdzamy nim podpisy raportów doręczeń. Przechowywany zaszyfrowany.',
        en: 'With it we check the signatures of delivery reports. Stored encrypted.',
      },
    },
    {
      key: 'apiKeySid',
      kind: 'text',
      secret: false,
      required: false,
      label: { pl: 'SID klucza API', en: 'API key SID' },
      help: {
        pl: 'Opcjonalny: z kluczem API wysyłka nie używa Auth Tokena. Zaczyna się od SK.',
        en: 'Optional: with an API key, sends do not use the Auth Token. Begins with SK.',
      },
    },
    {
      key: 'apiKeySecret',
      kind: 'secret',
      secret: true,
      required: false,
      label: { pl: 'Sekret klucza API', en: 'API key secret' },
      help: { pl: 'Razem z SID klucza.', en: 'Together with the key’s SID.' },
    },
    {
      key: 'partsPerSecond',
      kind: 'number',
      secret: false,
      required: false,
      label: { pl: 'Części na sekundę', en: 'Parts a second' },
      help: {
        pl: 'Twilio kolejkuje nadmiar samo; ustaw, jeśli odpowiada 429.',
        en: 'Twilio queues what is too much by itself; set it if it answers 429.',
      },
    },
    {
      key: 'baseUrl',
      kind: 'text',
      secret: false,
      required: false,
      label: { pl: 'Adres API', en: 'API address' },
      help: { pl: 'Zwykle https://api.twilio.com.', en: 'Usually https://api.twilio.com.' },
    },
  ],
};
