import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { lentModules } from './scripts/lent-modules.ts';

/**
 * A fixed public key gives the extension one id on every machine (khoieolbojhbgnbhbbmlgkhaehfknlee), which
 * administrators need for policies and tests for addresses. It is no secret.
 */
const publicKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApGj/A+Y8RbJnznKuqI1/eG7Lydz97e/PVU5tRRF6eiGWuylCvYT45EmH9qCjBGpSKpjXklvRm3mHZfHo3zZopep8j+ZqAErEkMkMu7u1fGv4uUUCTkBrkGHZr2GHlSk95B496nHx++cbVKAsvW4SHDr6/ODxSRimm4UkjYqWo+EplZm6q6hmb7vtc9WGmvqS8wHhKplxSmX2yGorJVenruLaRrncTp87x90U74RBzLmA9KMcgMYE3YJGqlILVCK4mS6iTML/d3mDOXyUNPv5YmuSjib/Zqe5CstjGb55e1wvABlH9tc6rmo0TqeU09BCqquyBoSFfANt8DfkgDQFUwIDAQAB';

/** Our own machine is a permitted host only in the demo's build, where nobody can answer a prompt. */
const demoHosts = ['http://127.0.0.1/*', 'http://localhost/*'];

/** Of what WXT gives a script in a page ours use the signal alone; the rest would weigh as much as the reading of headings. */
const ownContext: Plugin = {
  name: 'own-context',
  enforce: 'pre',
  resolveId: (id) =>
    id === 'wxt/utils/content-script-context' ? resolve('extension/bridge/script-context.ts') : null,
};

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: 'dist/extension',
  modules: ['@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  hooks: {
    // The scripts that act in a page and underline its numbers come after the one that reads it, and borrow its modules.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (entrypoints.some(({ name }) => name === 'acts' || name === 'underlines'))
        config.plugins = [...(config.plugins ?? []), lentModules('extension/page/lent.ts')];
    },
    // WXT grants the hosts that a runtime content script matches; ours are granted by the user, site by site.
    'build:manifestGenerated': (wxt, manifest) => {
      if (wxt.config.mode !== 'development') {
        manifest.host_permissions = wxt.config.mode === 'demo' ? demoHosts : [];
      }
    },
  },
  vite: () => ({
    plugins: [preact(), ownContext],
    // A reviewer of a store reads what we ship.
    build: { minify: 'oxc' },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'pl',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    optional_host_permissions: ['*://*/*'],
    // Our pages run our own files only, and nobody frames them. Firefox's default would also turn the address of a server on
    // this machine into https.
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src https: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    commands: {
      'text-number': {
        suggested_key: { default: 'Ctrl+Shift+1' },
        description: '__MSG_command_text_number__',
      },
      'open-composer': {
        suggested_key: { default: 'Ctrl+Shift+2' },
        description: '__MSG_command_open_composer__',
      },
    },
    // What an administrator may set by policy; Firefox takes it from its own policies without a schema.
    ...(browser === 'firefox' ? {} : { storage: { managed_schema: 'managed-schema.json' } }),
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'nadpis@nadpis.example',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['personallyIdentifyingInfo', 'authenticationInfo'] },
            },
          },
        }
      : { key: publicKey, minimum_chrome_version: '120' }),
  }),
});
