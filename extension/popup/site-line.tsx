import type { Role } from '../../shared/api/session.ts';
import type { SiteKind } from '../../shared/api/sites.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { SettingsLink } from '../look/settings-link.tsx';
import type { Page } from './popup.store.ts';

/** What the organisation knows of this page: its site, whose it is, and whether it is HRM's. */
export function SiteLine({ page, session }: { page: Page; session: SessionStore }) {
  const known = knownSession(session.state.value);
  const site = page.site.value;
  if (known === null || site === undefined) return null;
  if (site === null) {
    const isAdministrator = known.person.roles.includes('administrator');
    return (
      <p class="quiet">
        {t('site.unknown')}{' '}
        {isAdministrator && <SettingsLink screen="sites">{t('site.describe')}</SettingsLink>}
      </p>
    );
  }
  const company = known.companies.find(({ id }) => id === site.companyId);
  return (
    <section aria-label={t('site.site')}>
      <dl class="facts">
        <div>
          <dt>{t('site.site')}</dt>
          <dd>
            <strong>{site.hostPattern}</strong>{' '}
            <span class="tag">{site.kind === 'hrm' ? t('site.hrm') : t('site.crm')}</span>
          </dd>
        </div>
        {company !== undefined && (
          <div>
            <dt>{t('sender.company')}</dt>
            <dd>{company.name}</dd>
          </div>
        )}
      </dl>
      {site.kind === 'hrm' && company?.hrmPermission === false && (
        <p class="note note-warn">{t('site.hrm_not_permitted')}</p>
      )}
      {maySetColumns(known.person.roles, site.kind) && hasLists(page) && (
        <p class="pick-columns">
          <span class="quiet">{t('site.wrong_column')}</span>{' '}
          <PickButton page={page} of="phone" label={t('site.pick_phone')} />{' '}
          <PickButton page={page} of="name" label={t('site.pick_name')} />
        </p>
      )}
      {site.alwaysOn && !page.isAlwaysOn.value && <p class="help">{t('site.recommended')}</p>}
    </section>
  );
}

/** As the server sees it: those who may send from the site. */
const maySetColumns = (roles: readonly Role[], kind: SiteKind): boolean =>
  roles.includes('administrator') || roles.includes(kind === 'hrm' ? 'hr' : 'sender');

const hasLists = (page: Page): boolean =>
  page.state.value.kind === 'read' && page.state.value.summary.off === null;

function PickButton({ page, of, label }: { page: Page; of: 'phone' | 'name'; label: string }) {
  return (
    <button
      type="button"
      class="link"
      onClick={() => void page.pickColumn(of).then(() => globalThis.close())}
    >
      {label}
    </button>
  );
}
