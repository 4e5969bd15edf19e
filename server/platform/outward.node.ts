import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from '../hrm/webhooks/address.ts';

/**
 * Looks a name up and refuses it where any of its addresses is private. The connection is made to the addresses that were
 * looked at, so that a name whose answer changes between the look and the connection gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = found as LookupAddress[] | undefined;
    const [first] = addresses ?? [];
    if (error !== null) callback(error, '');
    else if (first === undefined) callback(new Error(`${hostname} has no address`), '');
    else if (addresses?.some(({ address }) => isPrivateAddress(address))) {
      callback(new Error(`${hostname} leads to a private address`), '');
    } else if (options.all === true) callback(null, addresses ?? []);
    else callback(null, first.address, first.family);
  });
};
