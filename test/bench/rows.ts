/** One line of the benches: what was measured beside what bounds it, in the same run. */
export interface BenchRow {
  /** What is measured, in words. */
  name: string;
  /** With its unit, e.g. `92 ms`. */
  measured: string;
  /** What it is held against, with its unit and name. */
  bound: string;
  /** Measured by bound, or bound by measured where more is better; null where the budget is a bare figure. */
  ratio: number | null;
  /** In words, e.g. `≤ 0.7`. */
  budget: string;
  holds: boolean;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** @param part 0…1 */
export const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

export const milliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

export const ratioOf = (value: number): number => Math.round(value * 100) / 100;

/** A table for people. */
export const format = (rows: readonly BenchRow[]): string => {
  const head = ['', 'what', 'measured', 'bound', 'ratio', 'budget'];
  const body = rows.map((row) => [
    row.holds ? '✓' : '✗',
    row.name,
    row.measured,
    row.bound,
    row.ratio === null ? '' : String(row.ratio),
    row.budget,
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), ...body.map(line)].join('\n');
};
