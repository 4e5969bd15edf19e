import '../browser.fixture.ts';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import type { JSX } from 'preact';
import { fetch } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sandboxOf } from '../../scripts/sandbox-client.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { api } from '../bridge/api.ts';
import { writeServerUrl } from '../bridge/server-url.ts';
import { createSessionStore, type SessionStore } from '../bridge/session.store.ts';
import { readToken, writeToken } from '../bridge/token.ts';

// What a screen shows comes from a real server, on however slow a machine.
configure({ asyncUtilTimeout: 10_000 });

/** People of the demo organisation (server/demo). */
export const administrator = 'demo@nadpis.example';
export const sender = 'handel@nadpis.example';
export const hr = 'kadry@nadpis.example';

/** Screens over the real server with its demo organisation, in a process of its own, for one file of tests. */
export function overRealServer(name: string) {
  let server: ServerProcess;
  let data: string;
  let unwatch: () => void = () => undefined;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), `nadpis-${name}-`));
    server = await startServer({ data });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });
  beforeEach(async () => {
    fakeBrowser.reset();
    Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
    // Node's own: the test's document stands nowhere, and would be refused as another origin.
    vi.stubGlobal('fetch', fetch);
    await writeServerUrl(server.url);
  });
  afterEach(() => {
    unwatch();
    cleanup();
    vi.unstubAllGlobals();
  });

  /** One sign-in a person: codes are rationed. */
  async function signIn(email: string): Promise<void> {
    const known = tokens.get(email);
    if (known !== undefined) return writeToken(known);
    const sandbox = sandboxOf(server);
    const before = await sandbox.newest(email);
    await api.session.requestCode(email);
    await api.session.signIn(email, await sandbox.code(email, before));
    tokens.set(email, (await readToken()) ?? '');
  }

  return {
    url: () => server.url,
    signIn,
    /** Shows the screen to that person. */
    async show(Screen: (props: { session: SessionStore }) => JSX.Element, email: string): Promise<void> {
      await signIn(email);
      const session = createSessionStore();
      unwatch = session.watch();
      await waitFor(() => expect(session.state.value.kind).toBe('signed-in'));
      render(<Screen session={session} />);
    },
  };
}

export const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
export const choose = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
export const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
