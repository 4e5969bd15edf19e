/** Any number of options, ticked. */
export function Choices<Value extends string>(props: {
  legend: string;
  options: { value: Value; label: string }[];
  chosen: readonly Value[];
  choose: (chosen: Value[]) => void;
}) {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, label }) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            checked={props.chosen.includes(value)}
            onChange={(event) => {
              const others = props.chosen.filter((one) => one !== value);
              props.choose(event.currentTarget.checked ? [...others, value] : others);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** One option of a list. */
export function Select<Value extends string>(props: {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  choose: (value: Value) => void;
  disabled?: boolean;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) props.choose(chosen.value);
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
