import { describe, expect, it } from 'vitest';
import { isSealedUnder, open, SealError, seal } from './seal.ts';

const secret = 'a-secret-of-the-server-that-is-long-enough';
const purpose = 'mail-account:org_1';

describe('secrets at rest', () => {
  it.each(['', 'hasło żółć 🙂', 'x'.repeat(1000)])('open to what was sealed: %j', async (text) => {
    const sealed = await seal(secret, purpose, text);
    expect(await open(secret, purpose, sealed)).toBe(text);
    if (text !== '') expect(sealed).not.toContain(text);
  });

  it('are sealed differently each time', async () => {
    expect(await seal(secret, purpose, 'p')).not.toBe(await seal(secret, purpose, 'p'));
  });

  it('do not open for another organisation or another use', async () => {
    const sealed = await seal(secret, purpose, 'p');
    await expect(open(secret, 'mail-account:org_2', sealed)).rejects.toThrow(SealError);
    await expect(open(secret, 'operator:org_1', sealed)).rejects.toThrow(SealError);
  });

  it('do not open when any character of them was changed', async () => {
    const sealed = await seal(secret, purpose, 'password');
    for (let at = 0; at < sealed.length; at++) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      // The last character of base64 holds bits that mean nothing.
      const opened = await open(secret, purpose, changed).catch((error: unknown) => error);
      expect(opened instanceof SealError || opened === 'password').toBe(true);
      if (opened === 'password') expect(at === sealed.length - 1).toBe(true);
    }
  });

  it('open under an earlier secret after a change, and tell that they are to be sealed again', async () => {
    const sealed = await seal(secret, purpose, 'p');
    const next = `${secret}-2`;
    expect(await open([next, secret], purpose, sealed)).toBe('p');
    expect(await isSealedUnder(next, sealed)).toBe(false);
    expect(await isSealedUnder(secret, sealed)).toBe(true);
    await expect(open(next, purpose, sealed)).rejects.toThrow(/no key/);
  });

  it.each(['', 'x', 's1..', 's1.a.b.c.d', 's2.a.b.c', 's1.%.%.%'])('refuses %j', async (text) => {
    await expect(open(secret, purpose, text)).rejects.toThrow(SealError);
  });
});
