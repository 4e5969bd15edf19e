import { useMemo } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { WithHelp } from '../look/help.tsx';
import { Switch } from '../look/switch.tsx';
import { ForCompany } from './company-choice.tsx';
import { Loaded, useResource } from './form.tsx';
import { QuietHoursForm } from './quiet-hours.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** "Konfiguracja firmy / Płace / HRM": whether, when and about what a company texts its employees (R29–R31). */
export function HrmScreen({ session }: { session: SessionStore }) {
  const canChange = isAdministrator(session);
  return (
    <ForCompany>
      {({ id }) => (
        <>
          {!canChange && <p class="note note-warn">{t('settings.hrm.administrators_only')}</p>}
          <Permission key={id} id={id} canChange={canChange} session={session} />
          <QuietHoursForm key={`${id}-hours`} id={id} canChange={canChange} />
        </>
      )}
    </ForCompany>
  );
}

/** R30: the flag, with R31's help beside it. */
function Permission(props: { id: string; canChange: boolean; session: SessionStore }) {
  const { id, canChange, session } = props;
  const company = useResource(() => api.companies.get(id));
  const saving = useMemo(createSaving, []);
  async function set(hrmPermission: boolean, etag: string | null): Promise<void> {
    await saving.save(() => api.companies.change(id, { hrmPermission }, etag));
    // Also after a refusal: somebody else may have set it.
    await Promise.all([company.load(), session.refresh()]);
  }
  const state = saving.state.value;
  return (
    <section class="card" aria-labelledby="permission-title">
      <h2 id="permission-title">{t('settings.hrm.permission_title')}</h2>
      <Loaded resource={company}>
        {({ value: { hrmPermission }, etag }) => (
          <>
            <WithHelp
              about={t('settings.hrm.permission')}
              help={
                <ul class="points">
                  <li>{t('settings.hrm.help_additional')}</li>
                  <li>{t('settings.hrm.help_company')}</li>
                  <li>{t('settings.hrm.help_off')}</li>
                  <li>{t('settings.hrm.help_sites')}</li>
                  <li>{t('settings.hrm.help_law')}</li>
                </ul>
              }
            >
              <Switch
                isOn={hrmPermission}
                disabled={!canChange || state.kind === 'saving'}
                change={(isOn) => void set(isOn, etag)}
              >
                {t('settings.hrm.permission')}
              </Switch>
            </WithHelp>
            <p class="quiet" role="status">
              {hrmPermission ? t('settings.hrm.is_on') : t('settings.hrm.is_off')}
            </p>
          </>
        )}
      </Loaded>
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
    </section>
  );
}
