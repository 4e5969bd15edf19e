import { signal } from '@preact/signals';
import type { SettingsScreen } from '../look/settings-link.tsx';

/** Screens by scope, in the order of the navigation. A new screen of a scope is one entry here. */
export const scopes = [
  { scope: 'person', screens: ['account', 'templates'] },
  {
    scope: 'program',
    screens: [
      'organisation',
      'sender-names',
      'mail-account',
      'blocked-names',
      'packages',
      'operators',
      'people',
      'privacy',
      'sites',
      'api-keys',
      'audit',
    ],
  },
  { scope: 'company', screens: ['company', 'company-sms'] },
  {
    scope: 'hrm',
    screens: ['hrm', 'hrm-events', 'hrm-employees', 'hrm-consents', 'hrm-report', 'hrm-webhook'],
  },
  { scope: 'browser', screens: ['about'] },
] as const satisfies { scope: string; screens: SettingsScreen[] }[];

export const screens: readonly SettingsScreen[] = scopes.flatMap(({ screens }) => screens);

/** The screen that the address names: other pages of the extension link to `options.html#packages`. */
export const screen = signal<SettingsScreen>('account');

/** What the address says beside the screen: `#hrm-consents?employee=001`. */
export const asked = signal(new URLSearchParams());

export function followAddress(): () => void {
  const read = (): void => {
    const [named = '', query = ''] = location.hash.slice(1).split('?', 2);
    asked.value = new URLSearchParams(query);
    screen.value = screens.find((one) => one === named) ?? 'account';
  };
  read();
  globalThis.addEventListener('hashchange', read);
  return () => globalThis.removeEventListener('hashchange', read);
}
