import { t } from '../locales/texts.ts';
import { Blocked } from './blocked.tsx';
import type { Composer } from './composer.store.ts';
import { Doubt } from './doubt.tsx';
import { Notices } from './notices.tsx';
import { Parts } from './parts.tsx';
import { Previews } from './previews.tsx';
import { Recipients } from './recipients.tsx';
import { ResultScreen } from './result.tsx';
import { SendBar, useSendKeys } from './send-bar.tsx';
import { Sender } from './sender.tsx';
import { Text } from './text.tsx';

/** The whole composer: writing, or what became of what was written. */
export function ComposerScreen({ composer }: { composer: Composer }) {
  const { ready, result, sending } = composer;
  if (!ready.value) return <p class="loading">{t('loading')}</p>;
  if (result.value !== null) return <ResultScreen composer={composer} result={result.value} />;
  if (sending.state.value.kind === 'in-doubt') return <Doubt composer={composer} />;
  return <Writing composer={composer} />;
}

function Writing({ composer }: { composer: Composer }) {
  const isSending = composer.sending.state.value.kind === 'sending';
  const confirm = useSendKeys(composer);
  return (
    <main class="composer" aria-busy={isSending}>
      <h1 class="unseen">{t('composer.title')}</h1>
      <fieldset class="plain" disabled={isSending}>
        <Sender composer={composer} />
        <Notices composer={composer} />
        <Recipients composer={composer} />
        <Text composer={composer} />
        <Parts composer={composer} />
        <Previews composer={composer} />
      </fieldset>
      <footer class="send-bar">
        <Blocked composer={composer} />
        <SendBar composer={composer} confirm={confirm} />
      </footer>
    </main>
  );
}
