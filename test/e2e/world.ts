import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFolders, listen, serveFiles } from '../../scripts/demo/list-server.ts';
import { type Sandbox, sandboxOf } from '../../scripts/sandbox-client.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { type LaunchOptions, launch, type Nadpis } from './browser.ts';
import { type Composer, composerOn } from './composer.ts';
import { signIn } from './sign-in.ts';

export const root = join(import.meta.dirname, '..', '..');

/** People of the demo organisation (server/demo). */
export const administrator = 'demo@nadpis.example';
export const company = 'Nowak i Synowie';

export interface World {
  nadpis: Nadpis;
  /** The demo's ERP list. */
  listUrl: string;
  sandbox: Sandbox;
  server(): ServerProcess;
  /** Starts the server again over the same data, on the same port. */
  startAgain(): Promise<void>;
  /** The composer in a tab, signed in, with its company chosen. */
  composer(): Promise<Composer>;
  /** Closes every page but one blank one: each test begins with none of the last one's. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real server with a database of its own, a real browser with the extension, and the ERP list; somebody is signed in.
 * Whatever has been started is ended when one of them does not start.
 */
export const openWorld = async (
  kind: 'chromium' | 'firefox',
  options: LaunchOptions & { email?: string; folders?: Record<string, string> } = {},
): Promise<World> => {
  const data = mkdtempSync(join(tmpdir(), 'nadpis-e2e-'));
  const ends: (() => Promise<void> | void)[] = [() => rmSync(data, { recursive: true, force: true })];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await Promise.resolve(end()).catch(() => {});
  };
  try {
    let server = await startServer({ data });
    ends.push(() => server.kill());
    const list = serveFiles(options.folders ?? demoFolders(root));
    const listPort = await listen(list, 0);
    ends.push(() => {
      list.closeAllConnections();
      list.close();
    });
    const nadpis = await launch(kind, options);
    ends.push(() => nadpis.close());
    await signIn(nadpis, server, options.email ?? administrator);
    const { port } = server;
    return {
      nadpis,
      listUrl: `http://127.0.0.1:${listPort}/`,
      sandbox: sandboxOf({ url: server.url }),
      server: () => server,
      startAgain: async () => {
        await server.kill();
        server = await startServer({ data, port });
      },
      composer: async () => {
        const composer = composerOn(await nadpis.open('composer.html?place=window'));
        await composer.chooseCompany(company);
        return composer;
      },
      tidy: async () => {
        const blank = await nadpis.browser.newPage();
        for (const page of await nadpis.browser.pages())
          if (page !== blank) await page.close().catch(() => {});
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
