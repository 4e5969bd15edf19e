import { defineContentScript } from 'wxt/utils/define-content-script';
import { onMessage, type PageSettings, sendMessage } from '../bridge/messages.ts';
import { t } from '../locales/texts.ts';
import { createPage } from '../page/page.ts';

/** How long the page waits for its site's settings before it is read without them (ms). */
const patience = 2000;

/** The reader in a page that the user allowed. The background registers it for those sites, or puts it in on request. */
export default defineContentScript({
  matches: ['*://*/*'],
  registration: 'runtime',
  main(context) {
    const page = settingsOfSite().then((settings) =>
      createPage({
        document,
        settings,
        signal: context.signal,
        open: (capture) => sendMessage('openComposer', capture),
        keep: (picked) => sendMessage('keepColumn', picked),
        texts: {
          sms: t('page.sms'),
          smsTo: (who) => t('page.sms_to', who),
          ticked: (count) => t('page.ticked', count),
          elsewhere: (count) => t('page.elsewhere', count),
          withoutNumber: (count) => t('page.without_number', count),
          ofTotal: (count, total) => t('page.of_total', count, total),
          send: t('page.send'),
          clear: t('page.clear'),
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
        },
      }),
    );
    // Listeners stand at once; what they are asked waits for the page.
    const deafen = [
      onMessage('captureAtFocus', async () => (await page).captureAtFocus()),
      onMessage('captureList', async () => (await page).captureList()),
      onMessage('summarisePage', async () => (await page).summarise()),
      onMessage('showRowStates', async ({ data }) => (await page).showRowStates(data)),
      onMessage('pickColumn', async ({ data }) => (await page).pickColumn(data)),
    ];
    context.onInvalidated(() => {
      for (const stop of deafen) stop();
    });
  },
});

function settingsOfSite(): Promise<PageSettings | null> {
  const asked = sendMessage('pageSettings', undefined).catch(() => null);
  const tooLate = new Promise<null>((give) => setTimeout(give, patience, null));
  return Promise.race([asked, tooLate]);
}
