/** A form for an operator's settings that describes itself, so that the interface needs no code of its own for each. */
export interface OperatorForm {
  title: Words;
  /** What to prepare in the operator's panel first. */
  intro: Words;
  fields: readonly FormField[];
}

export interface Words {
  pl: string;
  en: string;
}

export interface FormField {
  /** The property of the settings schema. */
  key: string;
  kind: 'text' | 'secret' | 'number' | 'switch' | 'choice';
  /** Encrypted at rest, never shown again. */
  secret: boolean;
  required: boolean;
  label: Words;
  help: Words;
  /** Of `choice`. */
  choices?: readonly { value: string; label: Words }[];
}
