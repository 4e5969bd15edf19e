import type { Statement, Value } from './database.ts';

/**
 * What goes to a driver. Whole numbers go as integers: both drivers would send a JavaScript number as REAL, and 5 would
 * become '5.0' in text and in JSON. Numbers beyond ±2^53 are refused on the way in, so that none has to be rounded on
 * the way out.
 */
export function bindable(
  statement: Statement,
  parameters: number,
): (string | number | bigint | null | Uint8Array)[] {
  const args = statement.args ?? [];
  if (args.length !== parameters) {
    // The native driver would leave the last call's value in its place, which may be another organisation's.
    throw new TypeError(
      `${parameters} values expected, ${args.length} given: ${statement.sql.slice(0, 200)}`,
    );
  }
  const bound = new Array<string | number | bigint | null | Uint8Array>(args.length);
  for (let at = 0; at < args.length; at++) bound[at] = bindableValue(args[at], at, statement.sql);
  return bound;
}

function bindableValue(value: Value | undefined, at: number, sql: string): Value {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      if (Number.isSafeInteger(value)) return BigInt(value);
      if (Number.isFinite(value) && !Number.isInteger(value)) return value;
      break;
    case 'bigint':
      if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return value;
      break;
    case 'object':
      if (value === null || value instanceof Uint8Array) return value;
      break;
  }
  throw new TypeError(`value ${at + 1} cannot be bound (${typeof value}): ${sql.slice(0, 200)}`);
}

/** Drivers give blobs as ArrayBuffer; the port gives Uint8Array. */
export function readable(value: unknown): Value {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : (value as Value);
}

const quotes: Record<string, string> = { "'": "'", '"': '"', '`': '`', '[': ']' };

/** How many `?` a statement has, outside of strings, names and comments. */
export function countParameters(sql: string): number {
  let count = 0;
  for (const token of tokens(sql)) if (token === '?') count++;
  return count;
}

/**
 * The statements of a script, without their semicolons. A trigger's body keeps its own.
 * Comments before a statement stay with it.
 */
export function splitScript(script: string): string[] {
  const statements: string[] = [];
  let text = '';
  let words: string[] = [];
  for (const token of tokens(script)) {
    const isTrigger = words[0] === 'CREATE' && words.slice(1, 4).includes('TRIGGER');
    if (token === ';' && (!isTrigger || words.at(-1) === 'END')) {
      if (words.length > 0) statements.push(text.trim());
      text = '';
      words = [];
      continue;
    }
    text += token;
    if (!/^(\s|--|\/\*)/.test(token)) words.push(token.toUpperCase());
  }
  if (words.length > 0) statements.push(text.trim());
  return statements;
}

/** Words, single marks, whitespace, and whole strings, quoted names and comments. */
function* tokens(sql: string): Generator<string> {
  let at = 0;
  while (at < sql.length) {
    const start = at;
    const mark = sql.charAt(at);
    const close = quotes[mark];
    if (sql.startsWith('--', at)) {
      const end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length : end;
    } else if (sql.startsWith('/*', at)) {
      const end = sql.indexOf('*/', at + 2);
      at = end < 0 ? sql.length : end + 2;
    } else if (close !== undefined) {
      const end = sql.indexOf(close, at + 1);
      at = end < 0 ? sql.length : end + 1;
    } else if (/[\w$]/.test(mark)) {
      while (at < sql.length && /[\w$]/.test(sql.charAt(at))) at++;
    } else if (/\s/.test(mark)) {
      while (at < sql.length && /\s/.test(sql.charAt(at))) at++;
    } else {
      at++;
    }
    yield sql.slice(start, at);
  }
}
