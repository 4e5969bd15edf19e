import { z } from '@hono/zod-openapi';
import { ProblemException } from '../../shared/api/problems.ts';

/** The header of what must not be done twice. */
export const IdempotencyKey = z.object({ 'idempotency-key': z.string().optional() });

/** 1–200 visible characters. @throws {ProblemException} `idempotency-key-required` */
export function requireKey(header: string | undefined): string {
  const key = header?.trim() ?? '';
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new ProblemException('idempotency-key-required');
  return key;
}
