import { z } from 'zod';
import type { DeliveryReport } from '../operator.ts';

/** One report as the sandbox writes it into the inbox, or posts it. A raw report is a JSON array of these. */
export const WireReport = z.object({
  id: z.string().min(1).max(100),
  ourId: z.string().max(50).nullable().default(null),
  state: z.enum(['accepted', 'delivered', 'undelivered', 'expired', 'rejected']),
  parts: z.number().int().min(1).max(255).nullable().default(null),
  at: z.number().int().nonnegative().nullable().default(null),
  detail: z.string().max(200).default(''),
});
export type WireReport = z.input<typeof WireReport>;

const WireReports = z.array(z.unknown()).max(10_000);

/** Reads a raw report. What is not one is left out, what is not JSON gives none: a hostile push costs nothing else. */
export function readSandboxReport(raw: string): DeliveryReport[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return [];
  }
  const list = WireReports.safeParse(parsed);
  if (!list.success) return [];
  return list.data.flatMap((item) => {
    const read = WireReport.safeParse(item);
    if (!read.success) return [];
    const { id, ourId, state, parts, at, detail } = read.data;
    return [{ operatorMessageId: id, ourId, state, parts, at, detail }];
  });
}
