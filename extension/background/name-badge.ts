import { browser } from 'wxt/browser';
import type { SenderName, SenderNameState } from '../../shared/api/sender-names.ts';
import type { Session } from '../../shared/api/session.ts';
import { api } from '../bridge/api.ts';
import { namesChangedKey } from '../bridge/names-changed.ts';
import { onTokenChanged, readToken } from '../bridge/token.ts';
import { formatNumber, t } from '../locales/texts.ts';

/** Milliseconds between two questions to the server, whatever wakes us. */
const rest = 5 * 60_000;

const askedKey = 'names-asked';

/** `name` is a sender name, or the parts that are left. */
export interface NameNews {
  kind: 'refused' | 'to-send' | 'waiting' | 'low-package';
  name: string;
}

/** After a week a refused name that nothing is sent under is no news. Milliseconds. */
const week = 7 * 24 * 60 * 60_000;

/**
 * What is to be said of sender names on the icon: first what needs somebody (the operator said no, a statement lies unsent), then
 * what waits.
 */
export function newsOf(
  names: readonly Pick<SenderName, 'name' | 'state' | 'since' | 'usedBy'>[],
  now: number,
): NameNews | null {
  const isFelt = ({ since, usedBy }: (typeof names)[number]) => usedBy.length > 0 || now - since < week;
  const find = (kind: NameNews['kind'], states: SenderNameState[]): NameNews | null => {
    const found = names.find((name) => states.includes(name.state) && (kind !== 'refused' || isFelt(name)));
    return found === undefined ? null : { kind, name: found.name };
  };
  return (
    find('refused', ['rejected', 'deactivated']) ??
    find('to-send', ['statement-accepted']) ??
    find('waiting', ['submitted'])
  );
}

const shown = {
  refused: { text: '!', color: '#b3201f' },
  'to-send': { text: '!', color: '#b45309' },
  waiting: { text: '…', color: '#b45309' },
  'low-package': { text: '↓', color: '#b45309' },
} as const;

const titles = {
  refused: 'badge.refused',
  'to-send': 'badge.to_send',
  waiting: 'badge.waiting',
  'low-package': 'badge.low_package',
} as const;

/**
 * A badge for administrators while a sender name waits or was refused, or the package is low. Messages on their way have the badge of their own tab, which
 * stands above this one. Asked when we are woken and a tab is chosen, at most every few minutes; and at once when the settings have
 * changed a name or somebody signs in or out.
 */
export function setUpNameBadge(): void {
  onTokenChanged(() => void look(true));
  browser.storage.session.onChanged.addListener((changes) => {
    if (changes[namesChangedKey] !== undefined) void look(true);
  });
  browser.tabs.onActivated.addListener(() => void look(false));
  void look(false);
}

async function look(isNews: boolean): Promise<void> {
  const asked = Number((await browser.storage.session.get(askedKey))[askedKey] ?? 0);
  if (!isNews && Date.now() - asked < rest) return;
  await browser.storage.session.set({ [askedKey]: Date.now() });
  const news = (await readToken()) === null ? null : await ask();
  // Where the server is silent, what was known stands.
  if (news !== undefined) await show(news);
}

async function ask(): Promise<NameNews | null | undefined> {
  const session = await api.session.get();
  if (!session.ok) return session.failure.kind === 'signed-out' ? null : undefined;
  if (!session.value.person.roles.includes('administrator')) return null;
  const names = await api.senderNames.list();
  if (!names.ok) return undefined;
  return newsOf(names.value, Date.now()) ?? lowPackageOf(session.value);
}

export const lowPackageOf = ({
  balance,
  balanceLow,
}: Pick<Session, 'balance' | 'balanceLow'>): NameNews | null =>
  balanceLow ? { kind: 'low-package', name: formatNumber(balance) } : null;

async function show(news: NameNews | null): Promise<void> {
  const badge = news === null ? null : shown[news.kind];
  await Promise.allSettled([
    browser.action.setBadgeText({ text: badge?.text ?? '' }),
    browser.action.setTitle({ title: news === null ? t('badge.plain') : t(titles[news.kind], news.name) }),
    ...(badge === null
      ? []
      : [
          browser.action.setBadgeBackgroundColor({ color: badge.color }),
          browser.action.setBadgeTextColor?.({ color: '#ffffff' }),
        ]),
  ]);
}
