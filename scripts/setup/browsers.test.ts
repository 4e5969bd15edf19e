import { afterEach, describe, expect, test, vi } from 'vitest';
import { findBrowser, installBrowsers } from './browsers.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('a missing browser, where we may not install it', () => {
  const bare = { find: () => null, mayUseApt: () => false };

  test('is named with the exact command', async () => {
    const refused = await installBrowsers(['chromium', 'firefox'], bare).catch((error) => error);
    expect(refused.message).toBe('No chromium and no firefox was found.');
    if (process.platform === 'linux') {
      expect(refused.todo).toContain('sudo apt-get update && sudo apt-get install -y chromium)');
      expect(refused.todo).toContain('sudo apt-get update && sudo apt-get install -y firefox-esr)');
    }
    expect(refused.todo).toContain('NADPIS_CHROMIUM=/path/to/the/program');
  });

  test('is named alone when the other is there', async () => {
    const one = { ...bare, find: (kind: string) => (kind === 'firefox' ? null : '/usr/bin/chromium') };
    const refused = await installBrowsers(['chromium', 'firefox'], one).catch((error) => error);
    expect(refused.message).toBe('No firefox was found.');
  });

  test('and nothing is done where none is missing', async () => {
    expect(await installBrowsers(['chromium'], { ...bare, find: () => '/usr/bin/chromium' })).toBe(false);
  });
});

test('a browser that the user names and that is not there is said so, not passed over', () => {
  vi.stubEnv('NADPIS_CHROMIUM', '/nowhere/chromium');
  expect(() => findBrowser('chromium')).toThrow(
    'NADPIS_CHROMIUM names /nowhere/chromium, which does not exist.',
  );
});
