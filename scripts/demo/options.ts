import { parseArgs } from 'node:util';

export const help = `npm start                        the whole demo: server, ERP list, a browser with the extension
npm start -- --port 8788         another port for the server (8787)
npm start -- --list-port 8791    another port for the demo's ERP list (8790, or the next free one)
npm start -- --server            the server alone
npm start -- --reset             begin with an empty database
npm start -- --browser firefox   in Firefox instead of Chromium, Chrome or Edge
npm start -- --headless          perform the demo without a window, and print each step
npm start -- --help              this

With a display the browser stays open for you. Without one the demo is performed headless, and ends.
The server's own settings are environment variables, NADPIS_…: see README.md.`;

export interface Options {
  port: number;
  listPort: number;
  serverOnly: boolean;
  reset: boolean;
  browser: 'chromium' | 'firefox';
  headless: boolean;
  help: boolean;
}

export class BadOption extends Error {}

const portOf = (name: string, text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new BadOption(`--${name} takes a port (0–65535), not “${text}”.`);
  return port;
};

/** Whether a window would be seen by anybody. */
export const hasDisplay = (
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): boolean =>
  platform === 'darwin' ||
  platform === 'win32' ||
  Boolean(environment.DISPLAY?.trim() || environment.WAYLAND_DISPLAY?.trim());

/** @throws BadOption, in words */
export const readOptions = (args: string[], display = hasDisplay()): Options => {
  const parsed = (() => {
    try {
      return parseArgs({
        args,
        options: {
          port: { type: 'string' },
          'list-port': { type: 'string' },
          server: { type: 'boolean' },
          reset: { type: 'boolean' },
          browser: { type: 'string' },
          headless: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }).values;
    } catch (error) {
      throw new BadOption(error instanceof Error ? error.message : String(error));
    }
  })();
  const browser = parsed.browser ?? 'chromium';
  if (browser !== 'chromium' && browser !== 'firefox') {
    throw new BadOption(`--browser is chromium or firefox, not “${browser}”.`);
  }
  return {
    port: portOf('port', parsed.port ?? '8787'),
    listPort: portOf('list-port', parsed['list-port'] ?? '8790'),
    serverOnly: parsed.server ?? false,
    reset: parsed.reset ?? false,
    browser,
    headless: parsed.headless ?? !display,
    help: parsed.help ?? false,
  };
};
