import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { formatList, plural, t } from '../locales/texts.ts';
import { insertField } from './completion.ts';
import type { Composer } from './composer.store.ts';
import { Suggestions, useCompletion } from './suggestions.tsx';
import { Templates } from './templates.tsx';

/** What they get: the text with its merge fields. */
export function Text({ composer }: { composer: Composer }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lastCaret = useSignal<number | null>(null);
  const text = composer.text.value.text;

  /** Sets text and caret together; the caret waits until the text is drawn. */
  function write(next: { text: string; caret: number }): void {
    composer.change({ text: next.text });
    queueMicrotask(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  }

  function insert(column: string): void {
    const at = lastCaret.value ?? text.length;
    write(insertField(text, column, Math.min(at, text.length), Math.min(at, text.length)));
  }

  const completion = useCompletion(text, composer.columns.value, write);
  return (
    <section class="card" aria-labelledby="text-title">
      <div class="card-head">
        <h2 id="text-title">
          <label for="text">{t('text.title')}</label>
        </h2>
        <Templates composer={composer} />
      </div>
      <div class="completed">
        <textarea
          id="text"
          ref={area}
          class="text"
          rows={4}
          maxLength={5000}
          value={text}
          aria-describedby="text-help parts"
          aria-autocomplete="list"
          aria-controls={completion.isOpen ? 'suggestions' : undefined}
          aria-activedescendant={completion.activeId}
          onInput={(event) => {
            composer.change({ text: event.currentTarget.value });
            completion.look(event.currentTarget);
          }}
          onKeyDown={completion.onKeyDown}
          onSelect={(event) => {
            lastCaret.value = event.currentTarget.selectionStart;
          }}
          onBlur={completion.close}
        />
        <Suggestions completion={completion} />
      </div>
      {composer.columns.value.length > 0 && (
        <ul class="chips" aria-label={t('text.fields')}>
          {composer.columns.value.map((column) => (
            <li key={column}>
              <button type="button" class="chip" onClick={() => insert(column)}>
                {column}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p id="text-help" class="help">
        {composer.columns.value.length > 0 ? t('text.help') : t('text.help_without_fields')}
      </p>
      <Fields composer={composer} openBrace={completion.openAt} />
    </section>
  );
}

/** Fields that nobody offers, and rows that lack one: said before sending, with the way out. */
function Fields({ composer, openBrace }: { composer: Composer; openBrace: number | null }) {
  const unknown = composer.unknownFields.value;
  const missing = composer.skipReasons.value.find(([reason]) => reason === 'fields-missing')?.[1] ?? 0;
  // A field that is still being typed is no mistake yet.
  const stray = composer.template.value.strayBraces.filter((at) => at !== openBrace);
  return (
    <div role="status" class="text-notes">
      {unknown.length > 0 && (
        <p class="note note-warn">
          {t('text.unknown_fields', formatList(unknown.map((name) => `{${name}}`)))}
        </p>
      )}
      {missing > 0 && <p class="note note-warn">{plural('text.fields_missing', missing)}</p>}
      {stray.length > 0 && <p class="note note-warn">{t('text.stray_braces')}</p>}
    </div>
  );
}
