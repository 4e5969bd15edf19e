import { z } from 'zod';

/** A mail address, in small letters. */
export const Email = z.email().max(254).toLowerCase();
