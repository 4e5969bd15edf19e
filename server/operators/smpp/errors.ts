import type { Trouble } from '../outcomes.ts';

/** `command_status` of an answer (SMPP 3.4 §5.1.3). Every other status is a refusal. */
const statuses: ReadonlyMap<number, [name: string, trouble: Trouble]> = new Map<number, [string, Trouble]>([
  [0x01, ['ESME_RINVMSGLEN', 'message']],
  [0x02, ['ESME_RINVCMDLEN', 'our-mistake']],
  [0x03, ['ESME_RINVCMDID', 'our-mistake']],
  [0x04, ['ESME_RINVBNDSTS', 'busy']],
  [0x05, ['ESME_RALYBND', 'busy']],
  // Says nothing of whether the message was kept.
  [0x08, ['ESME_RSYSERR', 'unsure']],
  [0x0a, ['ESME_RINVSRCADR', 'sender-name']],
  [0x0b, ['ESME_RINVDSTADR', 'message']],
  [0x0d, ['ESME_RBINDFAIL', 'auth']],
  [0x0e, ['ESME_RINVPASWD', 'auth']],
  [0x0f, ['ESME_RINVSYSID', 'auth']],
  [0x14, ['ESME_RMSGQFUL', 'busy']],
  [0x45, ['ESME_RSUBMITFAIL', 'unsure']],
  [0x58, ['ESME_RTHROTTLED', 'busy']],
  [0x61, ['ESME_RINVSCHED', 'our-mistake']],
  [0x62, ['ESME_RINVEXPIRY', 'our-mistake']],
]);

export function troubleOf(status: number): Trouble {
  return statuses.get(status)?.[1] ?? 'our-mistake';
}

/** `0x58 ESME_RTHROTTLED` */
export function statusWords(status: number): string {
  const code = `0x${status.toString(16).toUpperCase().padStart(2, '0')}`;
  const name = statuses.get(status)?.[0];
  return name === undefined ? code : `${code} ${name}`;
}
