import type { ComponentChildren } from 'preact';
import { browser } from 'wxt/browser';

/** Screens of the settings that other pages point to. */
export type SettingsScreen =
  | 'account'
  | 'organisation'
  | 'sender-names'
  | 'mail-account'
  | 'blocked-names'
  | 'company-sms'
  | 'packages'
  | 'operators'
  | 'people'
  | 'privacy'
  | 'api-keys'
  | 'audit'
  | 'templates'
  | 'company'
  | 'hrm'
  | 'hrm-events'
  | 'hrm-employees'
  | 'hrm-consents'
  | 'hrm-report'
  | 'hrm-webhook'
  | 'sites'
  | 'about';

/** Opens a screen of the settings in a tab; in the settings themselves it is a plain link. */
export function SettingsLink(props: {
  screen: SettingsScreen;
  children: ComponentChildren;
  class?: string;
  /** Accessible name, where the content is a picture. */
  label?: string;
}) {
  return (
    <a
      href={settingsUrl(props.screen)}
      target="nadpis-settings"
      class={props.class}
      aria-label={props.label}
      title={props.label}
    >
      {props.children}
    </a>
  );
}

export function settingsUrl(screen: SettingsScreen): string {
  return `${browser.runtime.getURL('/options.html')}#${screen}`;
}
