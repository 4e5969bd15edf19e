import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { onMessage, sendMessage } from '../bridge/messages.ts';
import { plural, t } from '../locales/texts.ts';
import type { Acts } from '../page/acting.ts';
import { createActs } from '../page/acts.ts';
import type { MarkTexts } from '../page/marks/texts.ts';
import type { Meeting } from '../page/meeting.ts';
import { summaryOf } from '../page/summary.ts';

/**
 * What a user can do on a page that is read. The background puts it in when the user begins to, and whenever it wants to
 * know whether the page is read: the script's result says so.
 */
export default defineUnlistedScript(() => {
  const meeting = globalThis.nadpisMeeting;
  if (!meeting || meeting.signal.aborted) return false;
  if (!meeting.makeActs) {
    meeting.makeActs = (page) =>
      createActs(page, {
        texts: textsOfMarks(),
        open: (capture) => sendMessage('openComposer', capture),
        keep: (picked) => sendMessage('keepColumn', picked),
        basket: {
          read: () => sendMessage('readBasket', undefined),
          keep: (list) => sendMessage('keepBasket', list),
        },
      });
    hear(meeting);
  }
  return true;
});

function hear({ page, signal }: Meeting): void {
  const acting = async (): Promise<Acts | null> => (await page).acts();
  const deafen = [
    onMessage('captureAtFocus', async () => (await acting())?.captureAtFocus() ?? null),
    onMessage('captureList', async () => (await acting())?.captureList() ?? null),
    onMessage('summarisePage', async () => summaryOf(await page)),
    onMessage('showRowStates', async ({ data }) => (await acting())?.showRowStates(data)),
    onMessage('pickColumn', async ({ data }) => (await acting())?.pickColumn(data)),
  ];
  signal.addEventListener('abort', () => {
    for (const stop of deafen) stop();
  });
}

const textsOfMarks = (): MarkTexts => ({
  sms: t('page.sms'),
  smsTo: (who) => t('page.sms_to', who),
  ticked: (count) => t('page.ticked', count),
  elsewhere: (count) => t('page.elsewhere', count),
  withoutNumber: (count) => t('page.without_number', count),
  ofTotal: (count, total) => t('page.of_total', count, total),
  fromPages: (people, pages) => `${plural('page.people', people)} ${plural('page.pages', pages)}`,
  showPeople: t('page.show_people'),
  remove: (who) => t('page.remove', who),
  noNumber: t('page.no_number'),
  morePeople: (count) => t('page.more_people', count),
  send: t('page.send'),
  clear: t('page.clear'),
  cleared: (count) => t('page.cleared', count),
  undo: t('page.undo'),
  collect: t('page.collect'),
  collecting: (rows, total) =>
    total === null ? t('page.collected', rows) : t('page.collecting', rows, total),
  stop: t('page.stop'),
  notKept: t('page.not_kept'),
  tickRow: (who) => t('page.tick_row', who),
  bar: t('page.bar'),
  reload: t('page.reload'),
  pick: {
    phone: t('page.pick_phone'),
    name: t('page.pick_name'),
    cancel: t('cancel'),
    saved: (column) => t('page.picked', column),
    failed: t('page.pick_failed'),
  },
  state: {
    queued: t('message_state.queued'),
    sending: t('message_state.sending'),
    accepted: t('message_state.accepted'),
    delivered: t('message_state.delivered'),
    undelivered: t('message_state.undelivered'),
    expired: t('message_state.expired'),
    rejected: t('message_state.rejected'),
    cancelled: t('message_state.cancelled'),
    unknown: t('message_state.unknown'),
  },
});
