import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

/** Looked for when somebody has stopped typing. */
export function Search(props: { label: string; value: string; search: (words: string) => void }) {
  const { label, value, search } = props;
  const id = useId();
  const typed = useSignal(value);
  useEffect(() => {
    typed.value = value;
  }, [value]);
  useEffect(() => {
    if (typed.value.trim() === value) return;
    const timer = setTimeout(() => search(typed.value.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed.value]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={typed.value}
        maxLength={200}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}
