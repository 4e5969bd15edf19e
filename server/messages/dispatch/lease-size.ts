import type { Operator } from '../../operators/operator.ts';
import type { DispatcherSettings } from './settings.ts';

/** Milliseconds for which a lease is to last: a shorter one is made larger, and one of four times that smaller. */
const lasting = 500;

/**
 * How many messages to lease at a time: what this server hands over within a second or so. More would be kept from other
 * servers that have nothing to do, and from everybody for as long as the lease lasts if this one dies.
 */
export class LeaseSize {
  private readonly settings: DispatcherSettings;
  private size = 0;
  private asked = 0;
  private full = false;

  constructor(settings: DispatcherSettings) {
    this.settings = settings;
  }

  /** @param now milliseconds of a clock that only goes forward */
  next(operators: readonly Operator[], now: number): number {
    let widest = 1;
    for (const { capabilities } of operators) widest = Math.max(widest, capabilities.maximumRecipients);
    // A call's worth at least, eight at most.
    const least = Math.max(this.settings.leased, widest);
    const most = Math.max(this.settings.leased, Math.min(widest * 8, 4000));
    if (this.full && now - this.asked < lasting) this.size *= 2;
    else if (now - this.asked > lasting * 4) this.size /= 2;
    this.size = Math.min(most, Math.max(least, Math.floor(this.size)));
    this.asked = now;
    return this.size;
  }

  /** How many there were. */
  got(messages: number): void {
    this.full = messages >= this.size;
  }
}
