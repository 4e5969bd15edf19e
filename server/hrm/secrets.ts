import { hrmEventIds, hrmEventOf } from '../../shared/hrm/events.ts';

const ids = hrmEventIds.filter((event) => hrmEventOf(event).secret);

/** Events whose texts are for the recipient alone, e.g. a password. */
export const secretEvents: ReadonlySet<string> = new Set<string>(ids);

/** The text of a message `m` as others may read it: null where it tells a secret. The reference is there from the first moment. */
export const readableText = `iif(m.reference GLOB 'hrn_*' AND EXISTS (SELECT 1 FROM hrm_notifications s
  WHERE s.id = CAST(substr(m.reference, 5) AS INTEGER) AND s.event IN (${ids.map((id) => `'${id}'`).join(', ')})), NULL, m.text)`;
