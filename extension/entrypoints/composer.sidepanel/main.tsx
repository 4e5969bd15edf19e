import { render } from 'preact';
import { browser } from 'wxt/browser';
import { type ComposerPlace, receiveCaptures } from '../../bridge/incoming.ts';
import { createComposer } from '../../composer/composer.store.ts';
import { ComposerScreen } from '../../composer/composer.tsx';
import { language, t } from '../../locales/texts.ts';
import '../../look/look.css';
import '../../composer/composer.css';

/** The panel's browser window; a small window of our own serves every window that has no panel. */
async function placeOf(): Promise<ComposerPlace> {
  if (new URLSearchParams(location.search).get('place') === 'window') return 'window';
  const { id } = await browser.windows.getCurrent();
  return id === undefined ? 'window' : `panel-${id}`;
}

async function start(): Promise<void> {
  document.documentElement.lang = language();
  document.title = t('composer.title');
  const composer = createComposer(await placeOf());
  await composer.start();
  receiveCaptures(composer.place, composer.receive);
  const app = document.getElementById('app');
  if (app !== null) render(<ComposerScreen composer={composer} />, app);
}

void start();
