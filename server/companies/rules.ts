import type { Stamp } from '../../shared/api/companies.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { isValidNip, normaliseNip } from '../../shared/checksums/index.ts';

/**
 * A stamp as it is kept: the NIP as bare digits. Parts may still be empty (R15: they are asked for in the statement),
 * but a NIP that is there has to be one.
 * @throws {ProblemException} `invalid-request` at `/stamp/nip`
 */
export function checkedStamp(stamp: Stamp): Stamp {
  const nip = normaliseNip(stamp.nip);
  if (nip !== '' && !isValidNip(nip)) {
    throw new ProblemException('invalid-request', {
      errors: [{ path: '/stamp/nip', code: 'invalid_nip', detail: 'The checksum of the NIP is wrong' }],
    });
  }
  return { ...stamp, nip };
}
