import { describe, expect, it } from 'vitest';
import { problemOf } from '../../messages/api/fixture.node.ts';
import { createNodeTransport } from '../../platform/http.node.ts';
import { publicLookup } from '../../platform/outward.node.ts';
import { hrmApp } from '../api/fixture.node.ts';
import { checkedAddress, isPrivateAddress, isPrivateHost } from './address.ts';
import { startReceiver } from './receiver.node.ts';

describe('addresses that a webhook must not reach', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::a00:1',
    '2002:a00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not:an:address',
  ])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '193.0.0.1',
    '2001:4860:4860::8888',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('%s is public', (address) => expect(isPrivateAddress(address)).toBe(false));

  it.each([
    'http://hrm.example/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://hrm/',
    'https://hrm.local/',
    'https://metadata.google.internal/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://192.168.0.10:8443/hook',
  ])('%s is refused where the server’s owner permits no private addresses', (url) => {
    expect(() => checkedAddress(url, false)).toThrow(/expected form/);
  });

  it('a public one over https is taken, and in the sandbox any', () => {
    expect(checkedAddress('https://hrm.example/hook?x=1', false)).toBe('https://hrm.example/hook?x=1');
    expect(isPrivateHost('hrm.example')).toBe(false);
    expect(checkedAddress('http://127.0.0.1:1/', true)).toBe('http://127.0.0.1:1/');
  });
});

describe('a name that leads to a private address', () => {
  it('is found when it is resolved, before anything is connected', async () => {
    const receiver = await startReceiver();
    const { transport, close } = createNodeTransport(publicLookup);
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    const signal = AbortSignal.timeout(30_000);
    await expect(transport({ method: 'POST', url, headers: {}, body: '{}', signal })).rejects.toMatchObject({
      failure: 'unreachable',
      written: false,
      message: expect.stringContaining('private address'),
    });
    expect(receiver.got).toEqual([]);
    await close();
    await receiver.end();
  });

  it('is refused by the API, and not tried where it was set before the owner changed what is permitted', async () => {
    const t = await hrmApp();
    const receiver = await startReceiver();
    const path = '/v1/companies/com_1a/hrm/webhook';
    await t.call('PUT', path, { token: t.administrator, body: { url: receiver.url } });
    const strict = await t.again({}, { outward: { ...t.platform.outward, privateAddresses: false } });
    const set = await strict.call('PUT', path, {
      token: t.administrator,
      body: { url: 'https://10.0.0.1/' },
    });
    expect(await problemOf(set)).toMatchObject({ errors: [{ path: '/url', code: 'private_address' }] });
    const test = await strict.call('POST', `${path}/test`, { token: t.administrator });
    expect(await test.json()).toMatchObject({ state: 'failed', status: null, error: 'not_https' });
    expect(receiver.got).toEqual([]);
    await receiver.end();
    await t.end();
  });
});
