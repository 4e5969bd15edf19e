import { defineContentScript } from 'wxt/utils/define-content-script';
import { onMessage, sendMessage } from '../bridge/messages.ts';
import { t } from '../locales/texts.ts';
import { createPage } from '../page/page.ts';

/** The reader in a page that the user allowed. The background registers it for those sites, or puts it in on request. */
export default defineContentScript({
  matches: ['*://*/*'],
  registration: 'runtime',
  main(context) {
    const page = createPage({
      document,
      signal: context.signal,
      open: (capture) => sendMessage('openComposer', capture),
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
    });
    const deafen = [
      onMessage('captureAtFocus', () => page.captureAtFocus()),
      onMessage('captureList', () => page.captureList()),
      onMessage('summarisePage', () => page.summarise()),
      onMessage('showRowStates', ({ data }) => page.showRowStates(data)),
    ];
    context.onInvalidated(() => {
      for (const stop of deafen) stop();
    });
  },
});
