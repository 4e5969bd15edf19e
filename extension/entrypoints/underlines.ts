import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createUnderlines } from '../page/marks/underlines.ts';

/** Underlines the numbers of a page. The background puts it in when the reader has found some. */
export default defineUnlistedScript(() => {
  const meeting = globalThis.nadpisMeeting;
  if (!meeting || meeting.signal.aborted) return false;
  meeting.makeUnderlines ??= createUnderlines;
  return true;
});
