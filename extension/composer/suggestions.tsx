import { useSignal } from '@preact/signals';
import type { KeyboardEvent } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../locales/texts.ts';
import { insertField, type OpenField, openFieldAt, suggestions } from './completion.ts';

/**
 * Completion of merge fields in the text: it opens at `{`, arrows choose, Enter or Tab takes, Escape closes. The focus
 * stays in the text; the chosen option is told by `aria-activedescendant`.
 */
export function useCompletion(
  text: string,
  columns: string[],
  write: (next: { text: string; caret: number }) => void,
) {
  const field = useSignal<OpenField | null>(null);
  const active = useSignal(0);
  const options = field.value === null ? [] : suggestions(columns, field.value.typed);
  const isOpen = options.length > 0;

  function close(): void {
    field.value = null;
  }

  function take(column: string): void {
    if (field.value === null) return;
    write(insertField(text, column, field.value.start, field.value.end));
    close();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (!isOpen || event.ctrlKey || event.metaKey || event.altKey) return;
    const column = options[active.value];
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % options.length;
    else if (event.key === 'ArrowUp') active.value = (active.value + options.length - 1) % options.length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && column !== undefined) take(column);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    options,
    isOpen,
    openAt: field.value?.start ?? null,
    active,
    activeId: isOpen ? `suggestion-${active.value}` : undefined,
    look(area: HTMLTextAreaElement): void {
      field.value = openFieldAt(area.value, area.selectionStart);
      active.value = 0;
    },
    close,
    take,
    onKeyDown,
  };
}

export type Completion = ReturnType<typeof useCompletion>;

export function Suggestions({ completion }: { completion: Completion }) {
  const list = useRef<HTMLDivElement>(null);
  const { isOpen, activeId } = completion;
  // The list as a whole when it opens, then the option that the arrows are at.
  useEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), [isOpen]);
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  if (!isOpen) return null;
  return (
    <div ref={list} id="suggestions" class="suggestions" role="listbox" aria-label={t('text.fields')}>
      {completion.options.map((column, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text's own, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text (aria-activedescendant)
        <div
          key={column}
          id={`suggestion-${at}`}
          role="option"
          aria-selected={at === completion.active.value}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => completion.take(column)}
        >
          {column}
        </div>
      ))}
    </div>
  );
}
