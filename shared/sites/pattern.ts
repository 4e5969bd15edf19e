/**
 * Which pages belong to a site. A pattern is a host (`crm.firma.pl`), every host below one (`*.firma.pl`, itself not
 * included), each with an optional port and path: `erp.firma.pl:8443/kadry`. It has no scheme: http and https are one
 * site.
 */
export interface SitePattern {
  /** Canonical (lower case, punycode); without the `*.` where `wildcard`. */
  host: string;
  wildcard: boolean;
  /** Null: any. */
  port: string | null;
  /** Canonical segments that the page's path must begin with. */
  path: readonly string[];
}

export type PatternProblem =
  /** No host can be read from it. */
  | 'not-a-host'
  /** A star anywhere but in front, or one that covers addresses of strangers: `*`, `*.pl`, `*.com.pl`. */
  | 'too-wide'
  /** A scheme that is no web page, sign-in data, a query, a fragment, white space or control characters. */
  | 'not-a-pattern';

const longest = 300;
/** Names that people register under as under a country itself. A star over one of them covers strangers. */
const registries =
  /^(?:com|net|org|edu|gov|info|biz|co|ac|or|ne|go|waw|art|mil|nom|sklep|shop|mail|media|priv|sos|targi|tm|tourism|travel|turystyka|krakow|wroclaw|poznan|gda|lodz|warszawa|szczecin|katowice)\.[a-z]{2}$/;
/** Their customers' sites stand side by side under one name. */
const hosting =
  /^(?:github\.io|gitlab\.io|pages\.dev|workers\.dev|vercel\.app|netlify\.app|herokuapp\.com|web\.app|firebaseapp\.com|azurewebsites\.net|cloudfront\.net|blogspot\.com|onrender\.com|fly\.dev)$/;

/** Reads a pattern, or an address copied from the address bar, into its one canonical form. */
export function parseSitePattern(text: string): SitePattern | { problem: PatternProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'not-a-host' };
  const bare = trimmed.replace(/^https?:\/\//i, '');
  if (
    trimmed.length > longest ||
    /[\s\p{C}\\@?#<>"'`{}|^]/u.test(bare) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(bare)
  ) {
    return { problem: 'not-a-pattern' };
  }
  const [, authority = '', path = ''] = /^([^/]*)(.*)$/.exec(bare) ?? [];
  const wildcard = authority.startsWith('*.');
  const rest = wildcard ? authority.slice(2) : authority;
  if ((rest + path).includes('*') || authority === '*') return { problem: 'too-wide' };
  // A port at the scheme's default would be dropped by `URL`, so it is read here.
  const [, name = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) return { problem: 'not-a-host' };
  if (name === '' || !URL.canParse(`http://${name}/`)) return { problem: 'not-a-host' };
  const url = new URL(`http://${name}/`);
  const host = plainHost(url.hostname);
  if (url.port !== '' || url.pathname !== '/' || !isHost(host)) return { problem: 'not-a-host' };
  if (wildcard && (isAddress(host) || !host.includes('.') || registries.test(host) || hosting.test(host))) {
    return { problem: 'too-wide' };
  }
  const pattern = { host, wildcard, port: number === null ? null : String(number), path: segmentsOf(path) };
  return writeSitePattern(pattern).length > longest ? { problem: 'not-a-pattern' } : pattern;
}

/** The one way to write a pattern: what is stored, compared and shown. */
export function writeSitePattern({ host, wildcard, port, path }: SitePattern): string {
  const written = path.length === 0 ? '' : `/${path.map(escaped).join('/')}`;
  return `${wildcard ? '*.' : ''}${host}${port === null ? '' : `:${port}`}${written}`;
}

/** Letters stay readable; whatever `parseSitePattern` would read as something else is written as `%2A`. */
const escaped = (segment: string): string =>
  segment.replace(/[^\p{L}\p{N}._~!$&()+,=:-]/gu, (character) =>
    encodeURIComponent(character).replace(/[*']/, (plain) => (plain === '*' ? '%2A' : '%27')),
  );

/** Where a page stands, as patterns see it; null for what is no web page. */
export interface PagePlace {
  host: string;
  port: string;
  path: readonly string[];
}

export function placeOfPage(pageUrl: string): PagePlace | null {
  // A document that a page made for itself belongs to that page's origin.
  const address = pageUrl.replace(/^\s*blob:/i, '');
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, pathname } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  return {
    host: plainHost(hostname),
    port: port || (protocol === 'https:' ? '443' : '80'),
    path: segmentsOf(pathname),
  };
}

export function covers(pattern: SitePattern, page: PagePlace): boolean {
  if (pattern.wildcard ? !page.host.endsWith(`.${pattern.host}`) : page.host !== pattern.host) return false;
  if (pattern.port !== null && pattern.port !== page.port) return false;
  return begins(page.path, pattern.path);
}

/** Whether every page of `inner` is one of `outer`. */
export function isWithin(inner: SitePattern, outer: SitePattern): boolean {
  const host = outer.wildcard
    ? inner.host.endsWith(`.${outer.host}`) || (inner.wildcard && inner.host === outer.host)
    : !inner.wildcard && inner.host === outer.host;
  return host && (outer.port === null || outer.port === inner.port) && begins(inner.path, outer.path);
}

/** More specific first. Whatever lies within another pattern comes before it. */
export function compareSpecificity(a: SitePattern, b: SitePattern): number {
  return (
    Number(a.wildcard) - Number(b.wildcard) ||
    b.host.length - a.host.length ||
    Number(a.port === null) - Number(b.port === null) ||
    b.path.length - a.path.length
  );
}

const begins = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((segment, at) => path[at] === segment);

/** `crm.firma.pl.` is the same host, said in full. */
const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** As `URL` writes them: four numbers, or IPv6 in brackets. `2..` is neither. */
const isAddress = (host: string): boolean => /^\d+(?:\.\d+){3}$|^\[/.test(host);

function isHost(host: string): boolean {
  if (isAddress(host)) return true;
  return host.length <= 253 && host.split('.').every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
}

/**
 * A path as servers understand it, however it is written: `//Kadry/./%6Cista;v=1` is `kadry/lista`. Servers differ in
 * case and in what they collapse; a page of employees must not leave its site by being spelt another way.
 */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const part of decoded(path).replaceAll('\\', '/').split('/')) {
    const segment = part.replace(/;.*$/s, '').toLowerCase().normalize('NFC');
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
