/** `1.2 s`, `14 s`. */
export function seconds(milliseconds: number): string;
export function progress(title: string): {
  say(detail: string): void;
  done(detail?: string): void;
  failed(detail?: string): void;
};
/** A failure told in words, with what to do. */
export class SetupProblem extends Error {
  readonly todo: string;
  constructor(what: string, todo: string);
}
