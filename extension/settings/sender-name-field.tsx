import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { longestSenderName, type Refusal, type RefusedCharacter } from '../../shared/sender-name/index.ts';
import { textOfFailure, textOfNameState } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import type { NameCheck } from './sender-name-check.ts';
import { textOfNotice, textOfRefusal, textOfWarning } from './sender-name-texts.ts';

/**
 * The name as it is typed, with all that is known of it. Nothing is cut or replaced by itself: what does not fit is said, and
 * a suggestion is a button.
 */
export function NameField(props: {
  check: NameCheck;
  /** Goes to the organisation's own name of the same spelling. */
  select?: (id: string) => void;
  disabled?: boolean;
}) {
  const { check, select, disabled } = props;
  const id = useId();
  const text = check.text.value;
  const length = [...check.name.value].length;
  const refusals = check.isFresh.value ? [] : check.refusals.value;
  const isWrong = refusals.length > 0 || check.taken.value !== null;
  return (
    <div class="field name-field">
      <label for={id}>{t('names.field.label')}</label>
      <div class="name-line">
        <input
          id={id}
          type="text"
          value={text}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          disabled={disabled}
          aria-invalid={isWrong}
          aria-describedby={`${id}-help ${id}-said`}
          onInput={(event) => check.type(event.currentTarget.value)}
        />
        <span class={`counter ${length > longestSenderName ? 'bad' : 'quiet'}`}>
          {t('names.field.count', length, longestSenderName)}
        </span>
      </div>
      <small id={`${id}-help`} class="help">
        {t('names.field.help')}
      </small>
      <div id={`${id}-said`} class="said" aria-live="polite">
        {refusals.map((refusal) => (
          <RefusalText key={refusal.code} refusal={refusal} check={check} />
        ))}
        <Taken check={check} select={select} />
        {!isWrong && <Warnings check={check} />}
        {!isWrong &&
          check.notices.value.map((notice) => (
            <small key={notice.code} class="help">
              {textOfNotice(notice, check.name.value)}
            </small>
          ))}
        {check.failure.value !== null && (
          <small class="help">
            {t('names.field.unchecked')} {textOfFailure(check.failure.value)}
          </small>
        )}
      </div>
    </div>
  );
}

function RefusalText({ refusal, check }: { refusal: Refusal; check: NameCheck }) {
  return (
    <div class="refusal">
      <p class="bad">{textOfRefusal(refusal)}</p>
      {refusal.code === 'character' && (
        <>
          <p class="echo">{echo(check.text.value.slice(0, 200), refusal.characters)}</p>
          <ul class="characters">
            {refusal.characters.slice(0, 6).map(({ character, codePoint, position }) => (
              <li key={position}>
                <mark>{visible(character)}</mark> <code>{codePoint}</code>
              </li>
            ))}
          </ul>
          {refusal.suggestion !== undefined && (
            <p>
              <button type="button" class="link" onClick={() => check.type(refusal.suggestion ?? '')}>
                {t('names.field.use', refusal.suggestion)}
              </button>
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** What was typed, with the characters that do not pass marked where they stand. */
function echo(text: string, refused: readonly RefusedCharacter[]): ComponentChildren {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const { character, position } of refused) {
    if (position >= text.length) break;
    pieces.push(text.slice(end, position), <mark key={position}>{visible(character)}</mark>);
    end = position + character.length;
  }
  return [...pieces, text.slice(end)];
}

/** Spaces and marks that nobody sees get a sign of their own. */
function visible(character: string): string {
  return /^[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? character : '␣';
}

function Taken({ check, select }: { check: NameCheck; select: ((id: string) => void) | undefined }) {
  const taken = check.taken.value;
  if (taken === null) return null;
  if (taken.by === 'another') return <p class="bad">{t('names.taken.another')}</p>;
  return (
    <p class="bad">
      {t('names.taken.own', textOfNameState(taken.state))}{' '}
      {select !== undefined && (
        <button type="button" class="link" onClick={() => select(taken.id)}>
          {t('names.taken.show')}
        </button>
      )}
    </p>
  );
}

function Warnings({ check }: { check: NameCheck }) {
  const warnings = check.warnings.value;
  if (warnings.length === 0 || check.isFresh.value) return null;
  return (
    <div class="note note-warn warnings">
      <ul>
        {warnings.map((warning) => (
          <li key={warning.code}>{textOfWarning(warning)}</li>
        ))}
      </ul>
      <label class="check">
        <input
          type="checkbox"
          checked={check.accepted.value.length > 0}
          onChange={(event) => check.accept(event.currentTarget.checked)}
        />
        {t('names.warning.accept')}
      </label>
    </div>
  );
}
