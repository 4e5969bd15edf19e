import { later } from './later.ts';

interface Member<Item, Result> {
  item: Item;
  size: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** What became of one member of a group: its result, or an error of its own. */
export type Settled<Result> = { result: Result } | { error: unknown };

/**
 * Gathers what comes at once and works on it together: many sends, or many reports, in one durable commit. A member's
 * promise settles only after the commit that holds it.
 *
 * @param most the size of one group; a member larger than that is a group of its own
 * @param work settles every member, in their order; when it throws, each of the group fails with that error
 * @param together false: each is a group of its own, begun at once
 */
export class Group<Item, Result> {
  private readonly most: number;
  private readonly together: boolean;
  private readonly work: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>;
  private waiting: Member<Item, Result>[] = [];
  private working = false;

  constructor(
    most: number,
    work: (items: readonly Item[]) => Promise<readonly Settled<Result>[]>,
    together = true,
  ) {
    this.most = most;
    this.work = work;
    this.together = together;
  }

  add(item: Item, size: number): Promise<Result> {
    if (!this.together) return this.alone(item);
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, size, resolve, reject });
      if (!this.working) {
        this.working = true;
        later(() => void this.run());
      }
    });
  }

  private async alone(item: Item): Promise<Result> {
    const [outcome] = await this.work([item]);
    if (outcome === undefined) throw new Error('a member of the group was left out');
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  private async run(): Promise<void> {
    const members = this.take();
    const answer = await this.workOn(members);
    // The next group is on its way before this one is answered: whoever makes it durable need not wait for that.
    if (this.waiting.length > 0) void this.run();
    else this.working = false;
    later(answer);
  }

  /** Works, and returns what is left to do: to tell each member what became of it. */
  private async workOn(members: readonly Member<Item, Result>[]): Promise<() => void> {
    try {
      const settled = await this.work(members.map((member) => member.item));
      return () => {
        for (const [at, member] of members.entries()) {
          const outcome = settled[at];
          if (outcome === undefined) member.reject(new Error('a member of the group was left out'));
          else if ('error' in outcome) member.reject(outcome.error);
          else member.resolve(outcome.result);
        }
      };
    } catch (error) {
      return () => {
        for (const member of members) member.reject(error);
      };
    }
  }

  /** In the order of arrival, up to the size of a group. */
  private take(): Member<Item, Result>[] {
    let size = 0;
    let count = 0;
    for (const member of this.waiting) {
      size += member.size;
      if (count > 0 && size > this.most) break;
      count++;
    }
    const members = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    return members;
  }
}
