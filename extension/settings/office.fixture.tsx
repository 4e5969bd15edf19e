import '../browser.fixture.ts';

import { cleanup, configure, render, waitFor } from '@testing-library/preact';
import { fetch } from 'undici';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Office, openOffice } from '../../scripts/office.ts';
import { writeServerUrl } from '../bridge/server-url.ts';
import { createSessionStore } from '../bridge/session.store.ts';
import { writeToken } from '../bridge/token.ts';
import type { SettingsScreen } from '../look/settings-link.tsx';
import { screen as shown } from './route.ts';
import { Settings } from './settings.tsx';

// A crowded machine takes its time over a server, a mail and an answer.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 60_000 });

export const minute = 60_000;
export const day = 1440 * minute;

/** The settings over a whole server of their own for each test, with a clock to move and a mail server. */
export function overOffice(options: { hasCrm?: boolean; companies?: number } = {}) {
  let office: Office;
  let unwatch: () => void = () => undefined;

  beforeEach(async () => {
    fakeBrowser.reset();
    Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
    vi.stubGlobal('fetch', fetch);
    office = await openOffice(options);
    await writeServerUrl(office.url);
    await writeToken(office.token);
  }, 60_000);
  afterEach(() => {
    unwatch();
    cleanup();
    office.stop();
    vi.unstubAllGlobals();
  });

  /** Adds a name with its accepted statement and leaves it unsent. */
  async function added(name: string): Promise<string> {
    const { version } = await office.call<{ version: string }>('POST', '/v1/statements/draft', {
      slot: 'program',
    });
    const { id } = await office.call<{ id: string }>('POST', '/v1/sender-names', {
      name,
      acceptedWarnings: ['contains-space', 'first-name', 'looks-like-blocked'],
      statement: {
        companyId: 'com_1',
        company: 'Nowak sp. z o.o.',
        address: 'ul. Długa 5, 31-147 Kraków',
        nip: '8567346215',
        signatory: 'Anna Nowak',
        version,
        accepted: true,
        representation: true,
      },
    });
    return id;
  }

  return {
    office: () => office,
    added,
    /** Adds a name, sends it and authorises it, without the screens. */
    authorised: async (name: string): Promise<string> => {
      const id = await added(name);
      await office.call('POST', `/v1/sender-names/${id}/sent`);
      await office.call('POST', `/v1/sender-names/${id}/answer`, { answer: 'authorised', note: 'Tak' });
      return id;
    },
    /** Opens a screen afresh, as the administrator or whose token it is. */
    open: async (name: SettingsScreen, token = office.token): Promise<void> => {
      unwatch();
      cleanup();
      await writeToken(token);
      const session = createSessionStore();
      unwatch = session.watch();
      shown.value = name;
      render(<Settings session={session} />);
      await waitFor(() => expect(session.state.value.kind).toBe('signed-in'));
    },
    /** Sets the mail account up, as R3 wants it with the CRM module. */
    mailAccount: async (password = 'tajne'): Promise<void> => {
      await office.call('PUT', '/v1/mail-account', {
        host: '127.0.0.1',
        port: office.mailPort,
        security: 'none',
        user: 'biuro',
        password,
        address: 'biuro@nowak.test',
      });
    },
  };
}

/**
 * Chooses an option, or a file, as a person does. The testing library turns changes into input events once anything loads
 * preact/compat, which our menus do, and browsers do not.
 */
export function choose(field: HTMLElement, value: string | File[]): void {
  if (typeof value === 'string') (field as HTMLSelectElement).value = value;
  else Object.defineProperty(field, 'files', { configurable: true, value });
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
