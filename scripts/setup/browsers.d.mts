export type Kind = 'chromium' | 'firefox';
/** The program of that browser, or null when there is none on this machine. */
export function findBrowser(kind: Kind): string | null;
/** Installs those that are missing where we may (root on Debian); otherwise throws, saying the command. */
export function installBrowsers(
  kinds: readonly Kind[],
  machine?: { find(kind: Kind): string | null; mayUseApt(): boolean },
): Promise<boolean>;
