import { useState } from 'preact/hooks';
import type { Message } from '../../shared/api/messages.ts';
import { formatNational } from '../../shared/phone/check.ts';
import { textOfMessageState, textOfReason, textOfSkip } from '../locales/code-text.ts';
import { formatNumber, plural, t } from '../locales/texts.ts';
import { HistoryLink } from '../look/history-link.tsx';
import type { Composer } from './composer.store.ts';
import { Progress } from './progress.tsx';
import type { Result } from './result.store.ts';

/** What became of the send, for each recipient. */
export function ResultScreen({ composer, result }: { composer: Composer; result: Result }) {
  const { accepted } = result;
  return (
    <main class="composer result" aria-labelledby="result-title">
      <header>
        <h1 id="result-title">{plural('result.title', accepted.messages)}</h1>
        <p class="quiet">
          {t('result.from', accepted.senderName)} · {plural('parts.total', accepted.parts)} ·{' '}
          {plural('parts.left', accepted.balance)}
        </p>
      </header>
      <Progress result={result} />
      <Skipped result={result} />
      <Messages result={result} />
      <footer class="send-bar">
        <button type="button" class="primary" onClick={() => void composer.startAgain()}>
          {t('result.new')}
        </button>
        <HistoryLink page={`batch/${accepted.id}`}>{t('result.in_history')}</HistoryLink>
      </footer>
    </main>
  );
}

/** Whom the server left out after all; said in its answer. */
function Skipped({ result }: { result: Result }) {
  const { skipped } = result.accepted;
  if (skipped.length === 0) return null;
  return (
    <section class="card">
      <h2>{plural('recipients.skipped', skipped.length)}</h2>
      <ul class="people people-skipped" aria-label={t('recipients.skipped_list')}>
        {skipped.map(({ index, reference, reason, detail }) => (
          <li key={index}>
            <span class="person-name">{result.personOf(reference)?.name || t('recipients.nameless')}</span>
            <span class="person-reason">
              {textOfSkip(reason)} <span class="quiet">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const step = 100;

function Messages({ result }: { result: Result }) {
  const [shown, setShown] = useState(step);
  const messages = result.messages.value;
  const rest = messages.length - shown;
  return (
    <section class="card">
      <h2>{t('result.messages')}</h2>
      {messages.length === 0 && <p class="quiet">{t('loading')}</p>}
      <ul class="people" aria-label={t('result.messages')}>
        {messages.slice(0, shown).map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="link more" onClick={() => setShown(shown + step * 4)}>
          {t('more', formatNumber(rest))}
        </button>
      )}
    </section>
  );
}

function MessageRow({ message }: { message: Message }) {
  return (
    <li>
      <span class="person-name">{message.recipientName || t('recipients.nameless')}</span>
      <span class="person-number">{formatNational(message.number)}</span>
      <span class={`state state-${message.state}`}>{textOfMessageState(message.state)}</span>
      {message.reason !== '' && message.reason !== message.state && (
        <span class="person-reason quiet">{textOfReason(message.reason)}</span>
      )}
    </li>
  );
}
