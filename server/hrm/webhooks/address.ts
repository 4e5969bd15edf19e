import { invalidField } from '../../api/problem-answers.ts';

/** Blocks of IPv4 that lead to no machine of the public Internet (IANA, Special-Purpose Address Registry). */
const special: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const number4 = (address: string): number =>
  address.split('.').reduce((all, part) => all * 256 + Number(part), 0);

const isPrivate4 = (address: string): boolean =>
  special.some(([block, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(number4(address) / size) === Math.floor(number4(block) / size);
  });

/** The eight words of an IPv6 address; null: it is none. */
function words(address: string): number[] | null {
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) => {
    const word = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${word(a, b)}:${word(c, d)}`;
  });
  const [head = '', tail, ...more] = plain.split('::');
  if (more.length > 0) return null;
  const wordsOf = (part: string) =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const before = wordsOf(head);
  const after = tail === undefined ? [] : wordsOf(tail);
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...new Array<number>(Math.max(0, gap)).fill(0), ...after];
  return all.length === 8 && all.every((word) => word >= 0 && word <= 0xffff) ? all : null;
}

function isPrivate6(address: string): boolean {
  const all = words(address);
  if (all === null) return true;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = all;
  const embedded = (high: number, low: number): boolean =>
    isPrivate4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  const zeroes = a === 0 && b === 0 && c === 0 && d === 0;
  // Unspecified, loopback, IPv4 in IPv6 of any kind, NAT64, 6to4.
  if (zeroes && e === 0 && f === 0) return g === 0 ? true : embedded(g, h);
  if (zeroes && (e === 0xffff || f === 0xffff)) return embedded(g, h);
  if (a === 0x64 && b === 0xff9b) return c !== 0 || embedded(g, h);
  if (a === 0x2002) return embedded(b, c);
  // Else only global unicast (2000::/3), and of that neither Teredo and its like nor documentation.
  if (a < 0x2000 || a > 0x3fff) return true;
  return (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a === 0x3fff && b < 0x1000);
}

/** Whether an address, IPv4 or IPv6 as a resolver writes it, leads into somebody's own network. */
export const isPrivateAddress = (address: string): boolean =>
  address.includes(':') ? isPrivate6(address) : isPrivate4(address);

/** Names that resolve in one's own network only. */
const ownName = /^[^.]+$|(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/** Whether a host, as `URL` writes it, says by itself that it is private; a name is looked at again once it is resolved. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isPrivateAddress(host.slice(1, -1));
  return /^\d+(\.\d+){3}$/.test(host) ? isPrivateAddress(host) : ownName.test(host);
}

/**
 * Where an organisation may have us call: over https to the Internet, or anywhere where this server's owner permits private
 * addresses.
 * @throws {ProblemException} `invalid-request` at `path`
 */
export function checkedAddress(text: string, privateAddresses: boolean, path = '/url'): string {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw invalidField(path, 'invalid_url', 'An address without a user, a password and a fragment');
  }
  if (privateAddresses) return url.href;
  if (url.protocol !== 'https:') throw invalidField(path, 'not_https', 'It begins with https://');
  if (isPrivateHost(url.hostname)) {
    throw invalidField(path, 'private_address', 'It is an address of the public Internet');
  }
  return url.href;
}
