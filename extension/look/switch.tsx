import type { ComponentChildren } from 'preact';

/** On or off, at once. `help` says what that does. */
export function Switch(props: {
  isOn: boolean;
  change: (isOn: boolean) => void;
  disabled?: boolean;
  help?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.isOn}
        checked={props.isOn}
        disabled={props.disabled}
        onChange={(event) => props.change(event.currentTarget.checked)}
      />
      <span>
        {props.children}
        {props.help !== undefined && <small>{props.help}</small>}
      </span>
    </label>
  );
}
