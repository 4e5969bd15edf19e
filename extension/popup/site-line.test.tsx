import '../browser.fixture.ts';

import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Site } from '../../shared/api/sites.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { sessionFixture, siteFixture } from '../server.fixture.ts';
import type { Page } from './popup.store.ts';
import { SiteLine } from './site-line.tsx';

afterEach(cleanup);

let picked: string[] = [];
beforeEach(() => {
  picked = [];
});

function show(site: Site | null | undefined, over: { isAlwaysOn?: boolean; administrator?: boolean } = {}) {
  const session = sessionFixture();
  if (over.administrator === true) session.person.roles = ['administrator'];
  const page = {
    site: signal(site),
    isAlwaysOn: signal(over.isAlwaysOn === true),
    state: signal({ kind: 'read', summary: { off: null, lists: [], numbers: 0 } }),
    pickColumn: async (of: string) => void picked.push(of),
  } as unknown as Page;
  const store = { state: signal({ kind: 'signed-in', session }) } as unknown as SessionStore;
  return render(<SiteLine page={page} session={store} />);
}

test('this page: its site, its company, its kind', () => {
  show(siteFixture({ hostPattern: 'erp.firma.pl/klienci' }));
  const words = screen.getByRole('region', { name: 'Strona' }).textContent;
  for (const word of ['erp.firma.pl/klienci', 'CRM', 'Nowak']) expect(words).toContain(word);
});

test('R30: an HRM page of a company that does not permit it says so before anybody writes', () => {
  show(siteFixture({ kind: 'hrm' }));
  expect(screen.getByText('Firma nie zezwala na SMS-y z HRM.')).toBeTruthy();
});

test('what administrators recommend is said until it is on', () => {
  show(siteFixture({ alwaysOn: true }));
  expect(screen.getByText(/zaleca/)).toBeTruthy();
  cleanup();
  show(siteFixture({ alwaysOn: true }), { isAlwaysOn: true });
  expect(screen.queryByText(/zaleca/)).toBeNull();
});

test('an unknown page is said to be one, and an administrator is led to where it is described', () => {
  show(null);
  expect(screen.getByText(/nie zna tej strony/)).toBeTruthy();
  expect(screen.queryByRole('link')).toBeNull();
  cleanup();
  show(null, { administrator: true });
  expect(screen.getByRole('link', { name: 'Opisz ją' }).getAttribute('href')).toContain('#sites');
});

test('a wrong column is pointed at by those who may send from the site, and by nobody else', () => {
  vi.stubGlobal('close', () => undefined);
  show(siteFixture());
  fireEvent.click(screen.getByRole('button', { name: 'Wskaż telefon' }));
  fireEvent.click(screen.getByRole('button', { name: 'Wskaż nazwę' }));
  expect(picked).toEqual(['phone', 'name']);
  cleanup();
  show(siteFixture({ kind: 'hrm' }));
  expect(screen.queryByRole('button')).toBeNull();
  vi.unstubAllGlobals();
});

test('nothing is said where nothing is known yet', () => {
  expect(show(undefined).container.textContent).toBe('');
});
