import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

export const help = `npm run corpus                     reads every page of test/pages and says how well
npm run corpus -- tabulator cards  only these of them
npm run -s corpus -- URL… --json   reads any page (http, https, file or a path) and prints what was read, as JSON

  --json           JSON on standard output and nothing else; everything else goes to standard error
  --out FILE       the JSON goes to a file
  --region DE      region of numbers without a prefix (PL)
  --wait 30        seconds that a page may take to come to rest after it has loaded (15)
  --help           this

Ends with 1 when a page did not load, or one of test/pages was read wrongly.`;

export interface Options {
  /** Pages to read; empty: those of test/pages. */
  urls: string[];
  /** Names of pages of test/pages; empty: all of them. */
  names: string[];
  json: boolean;
  out: string | null;
  region: string;
  /** Milliseconds. */
  patience: number;
  help: boolean;
}

export class BadOption extends Error {}

/** @throws BadOption, in words */
export function readOptions(args: string[], folder = process.cwd()): Options {
  const { values, positionals } = parse(args);
  const region = (values.region ?? 'PL').toUpperCase();
  if (!/^[A-Z]{2}$/.test(region)) throw new BadOption(`--region takes two letters, not “${values.region}”.`);
  const seconds = Number(values.wait ?? '15');
  if (!(seconds > 0 && seconds <= 600))
    throw new BadOption(`--wait takes seconds (up to 600), not “${values.wait}”.`);
  const urls: string[] = [];
  const names: string[] = [];
  for (const said of positionals) {
    const url = urlOf(said, folder);
    if (url !== null) urls.push(url);
    else names.push(said);
  }
  if (urls.length > 0 && names.length > 0)
    throw new BadOption(`${names.join(', ')} is neither an address nor a file.`);
  return {
    urls,
    names,
    json: values.json ?? false,
    out: values.out ?? null,
    region,
    patience: seconds * 1000,
    help: values.help ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        out: { type: 'string' },
        region: { type: 'string' },
        wait: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

/** Null for what is only a name. Addresses stay as they were written: answers are looked up by them. */
function urlOf(said: string, folder: string): string | null {
  if (/^(?:https?|file|data|about):/i.test(said)) {
    if (!URL.canParse(said)) throw new BadOption(`“${said}” is no address.`);
    return said;
  }
  const path = resolve(folder, said);
  if (/[./\\]/.test(said) && existsSync(path)) return pathToFileURL(path).href;
  // `example.com/list` and `localhost:8080` are meant as addresses.
  return /^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/.*)?$/.test(said) ? `http://${said}` : null;
}
