import type { Settings } from '../platform/platform.ts';

/**
 * What a stored value may be sealed under: the server's secret, and while that is being changed the others. New values
 * are always sealed under the first.
 */
export const openingSecrets = ({
  secret,
  otherSecrets = [],
}: Pick<Settings, 'secret' | 'otherSecrets'>): readonly string[] => [secret, ...otherSecrets];
