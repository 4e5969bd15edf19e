import { defineContentScript } from 'wxt/utils/define-content-script';
import type { PageSettings } from '../bridge/messages.ts';
import { ask } from '../bridge/reading.ts';
import type { MakeActs } from '../page/acting.ts';
import * as lent from '../page/lent.ts';
import type { MakeUnderlines } from '../page/marks/underlines.ts';
import type { Meeting } from '../page/meeting.ts';
import { createPage, hearFirstActs } from '../page/page.ts';
import { isReadFromAbove } from '../page/roots.ts';

/** How long the page waits for its site's settings before it is read without them (ms). */
const patience = 2000;

/** The reader in a page that the user allowed. The background registers it for those sites, or puts it in on request. */
export default defineContentScript({
  matches: ['*://*/*'],
  registration: 'runtime',
  main({ signal }) {
    if (isReadFromAbove(window)) return;
    const firstActs = hearFirstActs(document, signal);
    const page = settingsOfSite().then((known) =>
      createPage({
        document,
        settings: known?.site ?? null,
        hasBasket: known?.hasBasket ?? false,
        firstActs,
        signal,
        loadActs: () => loadActs(meeting),
        loadUnderlines: () => loadUnderlines(meeting),
      }),
    );
    const meeting: Meeting = { lent, page, signal };
    globalThis.nadpisMeeting = meeting;
  },
});

function settingsOfSite(): Promise<{ site: PageSettings | null; hasBasket: boolean } | null> {
  const asked = ask('settings').catch(() => null);
  const tooLate = new Promise<null>((give) => setTimeout(give, patience, null));
  return Promise.race([asked, tooLate]);
}

/** The second script comes into this same world, and leaves there what it makes. */
async function loadActs(meeting: Meeting): Promise<MakeActs> {
  if (!meeting.makeActs) await ask('acts');
  if (!meeting.makeActs) throw new Error('the acting script did not come');
  return meeting.makeActs;
}

async function loadUnderlines(meeting: Meeting): Promise<MakeUnderlines> {
  if (!meeting.makeUnderlines) await ask('underlines');
  if (!meeting.makeUnderlines) throw new Error('the underlining script did not come');
  return meeting.makeUnderlines;
}
