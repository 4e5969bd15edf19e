import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessagesText } from '@wxt-dev/i18n/build';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/**
 * A browser for tests, with our own texts. Import it before anything that imports `wxt/browser`, which looks at the
 * globals once.
 */
Object.assign(globalThis, { chrome: fakeBrowser });

const texts = new Map<string, Map<string, string>>();

function textsOf(locale: string): Map<string, string> {
  const known = texts.get(locale);
  if (known !== undefined) return known;
  const yaml = readFileSync(join(import.meta.dirname, 'locales', `${locale}.yml`), 'utf8');
  const read = new Map<string, string>();
  for (const message of parseMessagesText(yaml, 'YAML')) {
    if (message.type === 'simple') read.set(message.key.join('_'), message.message);
  }
  texts.set(locale, read);
  return read;
}

/** Makes the browser speak `pl` or `en`. */
export function speak(locale: 'pl' | 'en'): void {
  const messages = textsOf(locale);
  fakeBrowser.i18n = {
    ...fakeBrowser.i18n,
    getMessage: (key: string, substitutions: string | string[] = []) => {
      const list = Array.isArray(substitutions) ? substitutions : [substitutions];
      return (messages.get(key) ?? '').replace(
        /\$(\d)/g,
        (_, place: string) => list[Number(place) - 1] ?? '',
      );
    },
  } as typeof fakeBrowser.i18n;
}

speak('pl');

// What the library leaves to its users.
const silent = { addListener: () => undefined, removeListener: () => undefined };
Object.assign(fakeBrowser.runtime, { getManifest: () => ({ version: '0.0.0' }) });
Object.assign(fakeBrowser, {
  commands: { getAll: async () => [{ description: 'SMS', shortcut: 'Ctrl+Shift+2' }] },
  permissions: { getAll: async () => ({ origins: [] }), onAdded: silent, onRemoved: silent },
});
