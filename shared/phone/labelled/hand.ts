/** Cells and texts that were written by hand, with the numbers (E.164) that are truly in them. */
export interface HandColumn {
  region: string;
  header: string;
  cells: { text: string; numbers: string[] }[];
}

export interface HandText {
  region: string;
  text: string;
  numbers: string[];
}

const ESCAPES: Record<string, string> = { '\\n': '\n', '\\t': '\t' };

const unescaped = (text: string): string =>
  text.replace(
    /\\n|\\t|\\u([0-9a-f]{4})/g,
    (said, code: string | undefined) =>
      ESCAPES[said] ?? String.fromCharCode(Number.parseInt(code ?? '0', 16)),
  );

const linesOf = (file: string): string[] =>
  file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

function labelled(line: string): { text: string; numbers: string[] } {
  const at = line.lastIndexOf('=>');
  return {
    text: unescaped(line.slice(0, at).replace(/ $/, '')),
    numbers: line
      .slice(at + 2)
      .split(' ')
      .filter(Boolean),
  };
}

/** @param file the text of `columns.txt` */
export function handColumns(file: string): HandColumn[] {
  const columns: HandColumn[] = [];
  for (const line of linesOf(file)) {
    const [, region, header] = /^@(\w\w)\|(.*)$/.exec(line) ?? [];
    if (region !== undefined) columns.push({ region, header: unescaped(header ?? ''), cells: [] });
    else columns.at(-1)?.cells.push(labelled(line));
  }
  return columns;
}

/** @param file the text of `texts.txt` */
export const handTexts = (file: string): HandText[] =>
  linesOf(file).map((line) => ({ region: line.slice(0, 2), ...labelled(line.slice(3)) }));
