// @vitest-environment node
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'wxt';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
const out = mkdtempSync(join(tmpdir(), 'nadpis-manifests-'));

type Browser = 'chrome' | 'firefox';
// biome-ignore lint/suspicious/noExplicitAny: a manifest as it is, of either browser
const manifests = {} as Record<Browser, any>;

beforeAll(async () => {
  // One after the other: both write the same generated types.
  for (const browser of ['chrome', 'firefox'] as const) {
    await build({ root, browser, outDir: join(out, browser), logger: silent });
    const path = join(out, browser, `${browser}-mv3`, 'manifest.json');
    manifests[browser] = JSON.parse(readFileSync(path, 'utf8'));
  }
}, 120_000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

const nothing = (): void => undefined;
const silent = {
  debug: nothing,
  log: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
  level: 0,
};

/** First and second cell of each row under a heading of the page. */
function explained(heading: string): [string, string][] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| +`([^`]+)` +\| +([^|]+?) +\|/gm)].map((row) => [
    row[1] ?? '',
    (row[2] ?? '').trim(),
  ]);
}

describe.each(['chrome', 'firefox'] as const)('%s', (browser) => {
  const isOurs = (where: string) => where === 'both' || (where === 'Chromium') === (browser === 'chrome');

  test('asks for exactly the permissions that docs/permissions.md explains', () => {
    const reasons = explained('Permissions').filter(([, where]) => isOurs(where));
    expect(manifests[browser].permissions.toSorted()).toEqual(reasons.map(([name]) => name).toSorted());
  });

  test('is granted no host at installation, and may ask only for those explained', () => {
    expect(manifests[browser].host_permissions ?? []).toEqual([]);
    const hosts = explained('Hosts').map(([pattern]) => pattern);
    expect(manifests[browser].optional_host_permissions).toEqual(hosts);
    expect(manifests[browser].optional_permissions ?? []).toEqual([]);
  });

  test('puts nothing into pages by itself and gives them nothing to load', () => {
    expect(manifests[browser].content_scripts ?? []).toEqual([]);
    expect(manifests[browser].web_accessible_resources ?? []).toEqual([]);
    expect(manifests[browser].externally_connectable).toBeUndefined();
  });

  test('runs only its own scripts and is framed by nobody', () => {
    const policy: string = manifests[browser].content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\s\*|http:\/\/\*/);
  });

  test('is Manifest V3 with names in the user’s language', () => {
    expect(manifests[browser]).toMatchObject({
      manifest_version: 3,
      default_locale: 'pl',
      name: '__MSG_extension_name__',
    });
  });
});

test('Chromium has a side panel, Firefox a sidebar that does not open by itself', () => {
  expect(manifests.chrome.side_panel).toEqual({ default_path: 'composer.html' });
  expect(manifests.firefox.sidebar_action).toMatchObject({
    default_panel: 'composer.html',
    open_at_install: false,
  });
});

test('the page explains what is not asked for, and none of it is', () => {
  const renounced = [...page.matchAll(/^\| +`(\w+)` +\| +[A-Z`]/gm)].map((row) => row[1]);
  const asked = new Set([...manifests.chrome.permissions, ...manifests.firefox.permissions]);
  for (const name of ['tabs', 'alarms', 'notifications', 'clipboardRead', 'unlimitedStorage']) {
    expect(renounced).toContain(name);
    expect(asked).not.toContain(name);
  }
});
