/**
 * Which test files of `server/` run where, without their `.test.ts`. All of them run on Node over a file; those that
 * ask the application or its dispatch also on Node over a libSQL server and in workerd over one. A habit's test holds
 * these lists to the folder.
 */

/** Over HTTP to the Worker as it is uploaded, and on Node over a libSQL server. */
export const overHttp = [
  'api/400',
  'api/401',
  'api/403',
  'api/404',
  'api/405',
  'api/409',
  'api/429',
  'hrm/webhooks/webhooks',
  'messages/api/201',
  'messages/api/4xx',
  'messages/api/finding',
  'messages/api/reading',
  'session/session',
  'sites/routes',
] as const;

/** Inside workerd, as they look into what they test or make a part of it, and on Node over a libSQL server. */
export const inside = [
  'access/claim',
  'api/413',
  'api/500',
  'app',
  'audit/audit',
  'demo/seed',
  'hrm/api/gathering',
  'hrm/api/notifications',
  'hrm/api/permission',
  'hrm/api/register',
  'hrm/api/report',
  'hrm/api/settings',
  'hrm/wave',
  'inbound/inbound',
  'mail-accounts/routes',
  'messages/api/retry',
  'messages/cancel',
  'messages/dispatch/dispatch',
  'messages/dispatch/sweeping',
  'messages/name-pattern',
  'messages/taking-back',
  'metrics/outbox',
  'operator-accounts/accounts',
  'operators/delivery',
  'operators/twilio/callback',
  'packages/lapsing',
  'packages/ledger',
  'privacy/lists',
  'privacy/person',
  'sandbox/sandbox',
  'senders/answers',
  'senders/files',
  'senders/gate',
  'senders/headers',
  'senders/names',
  'senders/slots',
  'senders/submission',
  'single-sign-on/single-sign-on',
] as const;

/** Inside workerd alone: they need no database, but another way out to operators. */
export const withoutDatabase = [
  'operators/contract',
  'operators/questions',
  'operators/serwersms/adapter',
  'operators/smsapi/adapter',
  'operators/twilio/adapter',
] as const;

/** Neither, and why. */
export const onNodeAlone: Readonly<Record<string, string>> = {
  'database/migrate': 'of files; the product’s migrations on a server are run before every other test there',
  'database/port': 'runs over a file and over a server by itself',
  'database/schema': 'reads what migrations made, whatever the database',
  'database/typed': 'of statements as texts',
  'hrm/webhooks/address': 'of names and addresses that Node looks up',
  'mail-accounts/smtp': 'of TLS and sockets that a test opens; mail from a Worker is in mail.test.ts here',
  'messages/recipients': 'of rules; it takes only its draft from the fixture',
  'operators/smpp/adapter': 'a Worker runs no SMPP',
  'platform/backup': 'commands of Node; they run over a file and over a server by themselves',
  'platform/mail': 'of Node’s mailer; mail from a Worker is in mail.test.ts here',
  'platform/writers-door': 'stands before a libSQL server, as a process of Node',
  'secrets/seal-again': 'a command of Node',
};
