/**
 * What the sandbox does with a number, by its last three digits; any other number simply gets its text. The list is the
 * README's table, and what operators really do (operators' APIs, Jasmin's simulators).
 */
export const faults = {
  '001': 'undelivered',
  '002': 'expired',
  '003': 'refused',
  '004': 'taken-unseen',
  '005': 'busy-twice',
  '006': 'report-twice',
  '007': 'report-first',
  '008': 'reports-disordered',
  '009': 'no-report',
  '010': 'slow',
  '011': 'sender-refused',
  '012': 'no-credit',
  '013': 'login-refused',
  '014': 'more-parts',
  '015': 'retry-after',
  '016': 'rejected-later',
  '017': 'lost-unseen',
  '018': 'left-out',
} as const;

export type Fault = (typeof faults)[keyof typeof faults];

export function faultOf(number: string): Fault | null {
  const digits = number.slice(-3);
  return Object.hasOwn(faults, digits) ? faults[digits as keyof typeof faults] : null;
}

/** State of the delivery report that ends it; null: none ever comes. */
export function finalReport(
  fault: Fault | null,
): 'delivered' | 'undelivered' | 'expired' | 'rejected' | null {
  switch (fault) {
    case 'undelivered':
      return 'undelivered';
    case 'expired':
      return 'expired';
    case 'rejected-later':
      return 'rejected';
    case 'no-report':
      return null;
    default:
      return 'delivered';
  }
}
