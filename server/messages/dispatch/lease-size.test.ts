import { describe, expect, it } from 'vitest';
import type { Operator } from '../../operators/operator.ts';
import { LeaseSize } from './lease-size.ts';
import { defaults } from './settings.ts';

const operators = (...widths: number[]) =>
  widths.map((maximumRecipients) => ({ capabilities: { maximumRecipients } })) as unknown as Operator[];

/** Sizes of leases that are asked for one after the other, each after so many milliseconds and full. */
function sizes(widths: number[], pauses: readonly number[], got = (size: number) => size): number[] {
  const size = new LeaseSize(defaults);
  let now = 10_000;
  return pauses.map((pause) => {
    now += pause;
    const next = size.next(operators(...widths), now);
    size.got(got(next));
    return next;
  });
}

describe('messages that are leased at a time', () => {
  it('are twice as many while they are soon handed over, up to eight calls’ worth', () => {
    expect(sizes([500], [0, 50, 50, 50, 50])).toEqual([500, 1000, 2000, 4000, 4000]);
    expect(sizes([100], [0, 50, 50, 50])).toEqual([256, 512, 800, 800]);
  });

  it('are no more than at first where calls take one, or are slow', () => {
    expect(sizes([1], [0, 50, 50])).toEqual([256, 256, 256]);
    expect(sizes([1, 500], [0, 1000, 1000])).toEqual([500, 500, 500]);
  });

  it('are fewer again when they last long', () => {
    expect(sizes([500], [0, 50, 50, 3000, 3000, 3000])).toEqual([500, 1000, 2000, 1000, 500, 500]);
  });

  it('are as many as before when there were not so many', () => {
    expect(sizes([500], [0, 50, 50], () => 10)).toEqual([500, 500, 500]);
  });
});
