import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { AppEnv } from '../access/actor.ts';
import type { Platform } from '../platform/platform.ts';
import { type Language, languageOf } from '../session/rules.ts';
import { sandboxPage } from './page.ts';
import { sandboxScript } from './script.ts';
import { countTexts, emptySandbox, mailsOf, sandboxMark, textsOf } from './store.ts';
import { sandboxStyle } from './style.ts';

const pageGuards = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; " +
    "frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
};

const shown = { texts: 300, mails: 40 };
/** Milliseconds between looks for something new, and after which a stream ends: the browser opens it again. */
const look = 400;
const streamLife = 25_000;

/**
 * The simulated phones and the mail catcher: a page for people, JSON for tests and the demo. Mounted only where the
 * platform is a sandbox; nobody needs to be signed in, for codes to sign in with are shown here.
 */
export const sandboxRoutes = (platform: Platform) => {
  const { database } = platform;
  return new Hono<AppEnv>()
    .get('/sandbox', async (c) => {
      const number = (c.req.query('number') ?? '').slice(0, 30);
      // First, so that what comes while the page is made is seen as a change of it.
      const mark = await sandboxMark(database);
      const texts = await textsOf(database, { number, limit: shown.texts });
      const page = sandboxPage({
        language: languageFor(c.req.query('lang'), c.req.header('accept-language')),
        number,
        texts,
        allTexts: texts.length < shown.texts ? texts.length : await countTexts(database, number),
        mails: await mailsOf(database, { limit: shown.mails }),
        mark,
      });
      return c.html(page, 200, pageGuards);
    })
    .delete('/sandbox', async (c) => {
      await emptySandbox(database, platform.clock.now());
      platform.wakeUp.hint();
      return c.body(null, 204);
    })
    .get('/sandbox/texts', async (c) => {
      const { number, limit, before } = c.req.query();
      const texts = await textsOf(database, {
        ...(number === undefined ? {} : { number }),
        ...(before === undefined ? {} : { before: whole(before, 1, Number.MAX_SAFE_INTEGER) }),
        limit: whole(limit ?? '', 1, 1000),
      });
      return c.json({ items: texts });
    })
    .get('/sandbox/mails', async (c) => {
      const { to, limit, before } = c.req.query();
      const mails = await mailsOf(database, {
        ...(to === undefined ? {} : { to }),
        ...(before === undefined ? {} : { before: whole(before, 1, Number.MAX_SAFE_INTEGER) }),
        limit: whole(limit ?? '', 1, 200),
      });
      return c.json({ items: mails });
    })
    .get('/sandbox/events', (c) =>
      streamSSE(c, async (stream) => {
        let sent = '';
        for (const until = Date.now() + streamLife; Date.now() < until && !stream.aborted; ) {
          const mark = await sandboxMark(database);
          if (mark !== sent) await stream.writeSSE({ event: 'mark', data: mark, retry: 1000 });
          sent = mark;
          await stream.sleep(look);
        }
      }),
    )
    .get('/sandbox/sandbox.css', (c) => c.body(sandboxStyle, 200, file('text/css')))
    .get('/sandbox/sandbox.js', (c) => c.body(sandboxScript, 200, file('text/javascript')));
};

const file = (type: string) => ({ 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' });

/** The toggle's word before the browser's. */
function languageFor(asked: string | undefined, accepted: string | undefined): Language {
  return asked === 'pl' || asked === 'en' ? asked : languageOf(accepted);
}

/** A number of a query; what is none, or out of bounds, is brought to the nearest bound: nothing here is worth an error. */
function whole(text: string, least: number, most: number): number {
  return /^\d{1,16}$/.test(text) ? Math.min(Math.max(Number(text), least), most) : Math.min(100, most);
}
