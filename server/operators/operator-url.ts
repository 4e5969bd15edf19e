import { z } from 'zod';

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Base address of an operator's API, kept without a slash at the end. https, as tokens and texts travel over it;
 * plain http to this machine only, for simulators.
 */
export const operatorUrl = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text.replace(/\/+$/, ''))
  .refine(isOperatorUrl, { message: 'https address without query' });

function isOperatorUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}
