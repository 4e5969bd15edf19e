import { knownSession, type SessionStore } from '../bridge/session.store.ts';

/** Only administrators configure; the server holds it, the screens only say it before somebody types in vain. */
export function isAdministrator(session: SessionStore): boolean {
  return knownSession(session.state.value)?.person.roles.includes('administrator') === true;
}
