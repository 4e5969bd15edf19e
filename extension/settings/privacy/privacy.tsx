import type { NumberListName } from '../../../shared/api/privacy.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { t } from '../../locales/texts.ts';
import { isAdministrator } from '../rights.ts';
import { Inbound } from './inbound.tsx';
import { listWords } from './list-words.ts';
import { NumberList } from './number-list.tsx';
import { AddNumbers } from './number-list-form.tsx';
import { PersonCard } from './person.tsx';

const lists: readonly NumberListName[] = ['opt-outs', 'marketing-consents'];

/** Who wants no texts, who has agreed to marketing, and what somebody may ask about their number (domain §7). */
export function PrivacyScreen({ session }: { session: SessionStore }) {
  const administers = isAdministrator(session);
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      {lists.map((list) =>
        administers ? (
          <NumberList key={list} list={list} />
        ) : (
          // Whoever is told on the phone records it at once; the lists are the administrators' to read.
          <section key={list} class="card" aria-labelledby={`${list}-title`}>
            <h2 id={`${list}-title`}>{t(listWords[list].title)}</h2>
            <AddNumbers list={list} added={() => {}} />
          </section>
        ),
      )}
      {administers && <PersonCard />}
      {administers && <Inbound />}
    </>
  );
}
