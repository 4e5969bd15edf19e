import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';

/** Looked for when somebody has stopped typing. */
export function Search(props: { label: string; value: string; search: (words: string) => void }) {
  const { label, value, search } = props;
  const id = useId();
  const typed = useSignal(value);
  const asked = useRef(value);
  useEffect(() => {
    // Its own question comes back as the value; by then somebody may have typed on.
    if (value !== asked.current) typed.value = value;
    asked.current = value;
  }, [value]);
  useEffect(() => {
    if (typed.value.trim() === value) return;
    const timer = setTimeout(() => {
      asked.current = typed.value.trim();
      search(asked.current);
    }, 300);
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
