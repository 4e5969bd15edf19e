import type { Database } from '../database/database.ts';

/**
 * Our ids as they travel to operators: this installation's id and the message's number, letters and digits only
 * (SerwerSMS takes no others), 3–50 characters.
 */
export interface OurIds {
  of(messageId: number): string;
  /** Null: not one of ours. */
  read(ourId: string): number | null;
}

export async function ourIds(database: Database): Promise<OurIds> {
  const [row] = await database.query({ sql: 'SELECT id FROM installation' });
  const prefix = `${String(row?.id)}m`;
  return {
    of: (messageId) => prefix + messageId,
    read: (ourId) => {
      const digits = ourId.startsWith(prefix) ? ourId.slice(prefix.length) : '';
      const id = /^[1-9]\d{0,15}$/.test(digits) ? Number(digits) : Number.NaN;
      return Number.isSafeInteger(id) ? id : null;
    },
  };
}

/** Ids of messages as the API shows them. */
export const messageIdOf = (id: number): string => `msg_${id}`;

export function readMessageId(id: string): number | null {
  const digits = /^msg_([1-9]\d{0,15})$/.exec(id)?.[1];
  const number = Number(digits);
  return digits !== undefined && Number.isSafeInteger(number) ? number : null;
}
