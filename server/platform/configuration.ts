import { z } from 'zod';

/** A variable of the environment: what it means stands in `docs` and is printed with an error. */
interface Variable {
  schema: z.ZodType;
  docs: string;
}

const flag = z.enum(['0', '1']).transform((value) => value === '1');
const port = z.coerce.number().int().min(0).max(65_535);

/**
 * All that the server is told from outside, in one table. With nothing set it is the demo: the sandbox operator, the
 * mail catcher and a libSQL file under `data/`.
 */
export const variables = {
  NADPIS_PORT: { schema: port.default(8787), docs: 'Port to listen on; 0 lets the system choose.' },
  NADPIS_HOST: { schema: z.string().min(1).default('127.0.0.1'), docs: 'Address to listen on.' },
  NADPIS_DATA: {
    schema: z.string().min(1).default('data'),
    docs: 'Folder of the database file and the secret.',
  },
  NADPIS_PUBLIC_URL: {
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    docs: 'Where the server is reached from outside; by default http://127.0.0.1 and the port.',
  },
  NADPIS_DATABASE_URL: {
    schema: z
      .string()
      .regex(/^(libsql|https?):\/\//)
      .optional(),
    docs: 'A libSQL server instead of the file.',
  },
  NADPIS_DATABASE_TOKEN: { schema: z.string().min(1).optional(), docs: 'Its token.' },
  NADPIS_SANDBOX: {
    schema: flag.default(true),
    docs: '1: built-in operator, mail catcher and demo organisation. 0: real operators and mails.',
  },
  NADPIS_SECRET: {
    schema: z.string().min(32).optional(),
    docs: 'Key of HMACs and of encryption at rest, 32 characters or more. In the sandbox it is made and kept in NADPIS_DATA.',
  },
  NADPIS_OTHER_SECRETS: {
    schema: z
      .string()
      .default('')
      .transform((list) => list.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])))
      .pipe(z.array(z.string().min(32))),
    docs: 'While NADPIS_SECRET is being changed: what is stored may be under these too, with commas between them.',
  },
  NADPIS_MAIL_FROM: {
    schema: z.string().min(3).default('Nadpis <nadpis@localhost>'),
    docs: 'From address of the server’s own mails.',
  },
  NADPIS_STATEMENTS_ADDRESS: {
    schema: z.email().default('zgody@operator.example'),
    docs: 'Where owner’s statements go; for SerwerSMS it is zgody@serwersms.pl.',
  },
  NADPIS_SMTP_HOST: {
    schema: z.string().min(1).optional(),
    docs: 'SMTP server; without it mails are caught.',
  },
  NADPIS_SMTP_PORT: { schema: port.default(587), docs: '587 for starttls, 465 for tls.' },
  NADPIS_SMTP_SECURITY: {
    schema: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    docs: 'tls, starttls, or none for a relay on the same machine.',
  },
  NADPIS_SMTP_USER: { schema: z.string().min(1).optional(), docs: 'Account on the SMTP server.' },
  NADPIS_SMTP_PASSWORD: { schema: z.string().min(1).optional(), docs: 'Its password.' },
  NADPIS_PRIVATE_WEBHOOKS: {
    schema: flag.default(false),
    docs: '1: webhooks may go to private addresses and over http, e.g. to an HRM application in the same network.',
  },
  NADPIS_TRUST_PROXY: {
    schema: flag.default(false),
    docs: '1 behind a proxy that sets X-Forwarded-For: rate limits then count its last address.',
  },
  NADPIS_METRICS_TOKEN: { schema: z.string().min(16).optional(), docs: 'Bearer that /metrics asks for.' },
  NADPIS_LOG: { schema: z.enum(['json', 'text']).default('text'), docs: 'Form of the log.' },
  NADPIS_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
    docs: 'Least level that is logged.',
  },
} as const satisfies Record<string, Variable>;

const shape = Object.fromEntries(
  Object.entries(variables).map(([name, variable]) => [name, variable.schema]),
) as { [Name in keyof typeof variables]: (typeof variables)[Name]['schema'] };

const Environment = z.object(shape).superRefine((given, context) => {
  if (given.NADPIS_SANDBOX) return;
  for (const name of ['NADPIS_SECRET', 'NADPIS_PUBLIC_URL'] as const) {
    if (given[name] === undefined) {
      context.addIssue({ code: 'custom', path: [name], message: 'is needed when NADPIS_SANDBOX is 0' });
    }
  }
});

export type Configuration = z.infer<typeof Environment>;

export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads the environment. An empty variable counts as not set; an unknown `NADPIS_…` one is an error, as it is a
 * misspelt one.
 * @throws {ConfigurationError} with every trouble on a line of its own; values are not repeated
 */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const troubles = Object.keys(given)
    .filter((name) => name.startsWith('NADPIS_') && !Object.hasOwn(variables, name))
    .map((name) => `${name} is not a setting of this version`);
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      const docs = Object.hasOwn(variables, name) ? variables[name as keyof typeof variables].docs : '';
      troubles.push(`${name}: ${issue.message}. ${docs}`);
    }
  }
  if (troubles.length > 0 || !parsed.success) {
    throw new ConfigurationError(
      `The configuration is not right:\n${troubles.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
}

/** The table of settings, for `--help`. */
export function describeConfiguration(): string {
  const lines = Object.entries(variables).map(([name, { schema, docs }]) => {
    const standing = schema.safeParse(undefined);
    const value = standing.success && standing.data !== undefined ? standing.data : undefined;
    const said =
      value === undefined ? '' : ` [${typeof value === 'boolean' ? Number(value) : String(value)}]`;
    return `  ${name.padEnd(27)}${docs}${said}`;
  });
  return ['Settings, read from the environment; what holds by default stands in brackets:', ...lines].join(
    '\n',
  );
}
