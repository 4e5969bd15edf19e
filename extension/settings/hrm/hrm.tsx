import { useMemo } from 'preact/hooks';
import type { Company } from '../../../shared/api/companies.ts';
import { companySending } from '../../bridge/administration-api.ts';
import { api } from '../../bridge/api.ts';
import type { Versioned } from '../../bridge/call.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { t } from '../../locales/texts.ts';
import { WithHelp } from '../../look/help.tsx';
import { Switch } from '../../look/switch.tsx';
import { ForCompany } from '../company-choice.tsx';
import { Loaded, useResource } from '../form.tsx';
import { QuietHours } from '../quiet-hours.tsx';
import { createSaving, type Resource } from '../resource.ts';
import { isAdministrator } from '../rights.ts';
import { worksOnHrm } from './access.tsx';
import { Rules } from './rules.tsx';

/** "Konfiguracja firmy / Płace / HRM": whether, when and about what a company texts its employees (R29–R31). */
export function HrmScreen({ session }: { session: SessionStore }) {
  const canChange = isAdministrator(session);
  return (
    <ForCompany>
      {({ id }) => (
        <>
          {!canChange && <p class="note note-warn">{t('settings.hrm.administrators_only')}</p>}
          <OfCompany key={id} id={id} canChange={canChange} session={session} />
        </>
      )}
    </ForCompany>
  );
}

function OfCompany({ id, canChange, session }: { id: string; canChange: boolean; session: SessionStore }) {
  const company = useResource(() => api.companies.get(id));
  const sending = useResource(() => companySending.get(id));
  // Both are parts of the company and share its version: a change of one leaves the other's behind.
  async function again(): Promise<void> {
    await Promise.all([company.load(), sending.load(), session.refresh()]);
  }
  return (
    <>
      <Permission id={id} company={company} canChange={canChange} changed={again} />
      {worksOnHrm(session) && <Rules id={id} canChange={canChange} />}
      <QuietHours id={id} sending={sending} canChange={canChange} changed={again} />
    </>
  );
}

/** R30: the flag, with R31's help beside it. */
function Permission(props: {
  id: string;
  company: Resource<Versioned<Company>>;
  canChange: boolean;
  changed: () => Promise<void>;
}) {
  const { id, company, canChange, changed } = props;
  const saving = useMemo(createSaving, []);
  async function set(hrmPermission: boolean, etag: string | null): Promise<void> {
    await saving.save(async () => {
      const answer = await api.companies.change(id, { hrmPermission }, etag);
      // After a refusal too: somebody else may have set it.
      await changed();
      return answer;
    });
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
