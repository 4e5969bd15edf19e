import { type ComponentChildren, Fragment } from 'preact';
import type { Company } from '../../../shared/api/companies.ts';
import { knownSession, type SessionStore } from '../../bridge/session.store.ts';
import { t } from '../../locales/texts.ts';
import { ForCompany } from '../company-choice.tsx';

/** Employees, their consents and what they were told are for the role `hr` and for administrators; the server holds it. */
export function worksOnHrm(session: SessionStore): boolean {
  const roles = knownSession(session.state.value)?.person.roles ?? [];
  return roles.includes('hr') || roles.includes('administrator');
}

/** A screen about the employees of one company, begun anew with each company. */
export function ForHrm(props: { session: SessionStore; children: (company: Company) => ComponentChildren }) {
  if (!worksOnHrm(props.session)) return <p class="note note-warn">{t('hrm.hr_only')}</p>;
  return (
    <ForCompany>{(company) => <Fragment key={company.id}>{props.children(company)}</Fragment>}</ForCompany>
  );
}
