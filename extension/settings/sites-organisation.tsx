import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company } from '../../shared/api/companies.ts';
import type { Site } from '../../shared/api/sites.ts';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { renewSites } from '../bridge/sites.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatRegion, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Loaded, useResource } from './form.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';
import { SiteForm } from './sites-form.tsx';
import { SiteLists } from './sites-lists.tsx';

/** Web applications that the organisation knows: whose they are, and whether they are HRM's. For everybody to see. */
export function OrganisationSites({ session, changed }: { session: SessionStore; changed: () => void }) {
  const sites = useResource(renewSites);
  const companies = useResource(api.companies.list);
  const isAdding = useSignal(false);
  const canChange = isAdministrator(session);
  async function again(): Promise<void> {
    await sites.load();
    changed();
  }
  return (
    <section class="card" aria-labelledby="known-title">
      <h2 id="known-title">{t('settings.sites.known')}</h2>
      <p class="help">{t('settings.sites.known_help')}</p>
      {!canChange && <p class="help">{t('settings.sites.administrators_only')}</p>}
      <Loaded resource={companies}>
        {(firms) => (
          <>
            <Loaded resource={sites}>
              {(list) =>
                list.length === 0 ? (
                  <p class="empty">{t('settings.sites.none_known')}</p>
                ) : (
                  <ul class="cards" aria-labelledby="known-title">
                    {list.map((site) => (
                      <SiteCard
                        key={site.id}
                        site={site}
                        companies={firms}
                        session={session}
                        changed={() => void again()}
                      />
                    ))}
                  </ul>
                )
              }
            </Loaded>
            {canChange &&
              (isAdding.value ? (
                <SiteForm
                  site={null}
                  etag={null}
                  companies={firms}
                  done={() => {
                    isAdding.value = false;
                    void again();
                  }}
                />
              ) : (
                <button
                  type="button"
                  class="primary"
                  onClick={() => {
                    isAdding.value = true;
                  }}
                >
                  {t('settings.sites.add')}
                </button>
              ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function SiteCard(props: { site: Site; companies: Company[]; session: SessionStore; changed: () => void }) {
  const { site, companies, session, changed } = props;
  const isEditing = useSignal(false);
  const removing = useMemo(createSaving, []);
  const company = companies.find(({ id }) => id === site.companyId);
  async function remove(): Promise<void> {
    if ((await removing.save(() => api.sites.remove(site.id))) !== null) changed();
  }
  const about = [
    company?.name ?? t('settings.sites.any_company'),
    formatRegion(site.region),
    ...(site.alwaysOn ? [t('settings.sites.recommended')] : []),
  ];
  return (
    <li class="card">
      <div class="card-head">
        <h3>
          {site.hostPattern} <span class="tag">{site.kind === 'hrm' ? t('site.hrm') : t('site.crm')}</span>
        </h3>
        {isAdministrator(session) && (
          <span class="note-actions">
            <button
              type="button"
              class="link"
              aria-label={t('settings.sites.change', site.hostPattern)}
              aria-expanded={isEditing.value}
              onClick={() => {
                isEditing.value = !isEditing.value;
              }}
            >
              {t('change')}
            </button>
            <RemoveButton label={t('settings.sites.remove', site.hostPattern)} remove={() => void remove()} />
          </span>
        )}
      </div>
      {isEditing.value ? (
        <EditSite
          id={site.id}
          companies={companies}
          done={() => {
            isEditing.value = false;
            changed();
          }}
        />
      ) : (
        <p class="quiet">{about.join(' · ')}</p>
      )}
      {site.lists.length > 0 && <SiteLists site={site} session={session} changed={changed} />}
      {removing.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(removing.state.value.failure)}
        </p>
      )}
    </li>
  );
}

/** A site is read again before it is changed, with its version. */
function EditSite({ id, ...rest }: { id: string; companies: Company[]; done: () => void }) {
  const site = useResource(() => api.sites.get(id));
  return (
    <Loaded resource={site}>{({ value, etag }) => <SiteForm site={value} etag={etag} {...rest} />}</Loaded>
  );
}
