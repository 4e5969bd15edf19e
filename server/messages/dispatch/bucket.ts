/** A token bucket, one second deep. A call larger than it goes into debt, so that large calls are not starved. */
export class Bucket {
  private readonly rate: number;
  private tokens: number;
  private at: number;

  /** @param rate tokens a second */
  constructor(rate: number, now: number) {
    this.rate = rate;
    this.tokens = rate;
    this.at = now;
  }

  /** Milliseconds to wait; 0: taken. */
  take(amount: number, now: number): number {
    this.tokens = Math.min(this.rate, this.tokens + ((now - this.at) * this.rate) / 1000);
    this.at = now;
    const needed = Math.min(amount, this.rate);
    if (this.tokens < needed) return Math.max(1, Math.ceil(((needed - this.tokens) * 1000) / this.rate));
    this.tokens -= amount;
    return 0;
  }
}
