/** One text that a simulator took: with a real operator, a phone would ring. */
export interface Taken {
  operatorMessageId: string;
  ourId: string | null;
  /** E.164. */
  number: string;
  sender: string;
  text: string;
  parts: number;
  at: number;
  cancelled: boolean;
  /** In the operator's words; changes with `report`. */
  status: string;
  /** Where reports of it are pushed. */
  reportsUrl: string | null;
}

/** What a simulator took, by the operator's id and by ours. */
export class TakenMessages {
  readonly all: Taken[] = [];
  private readonly byId = new Map<string, Taken>();
  private readonly byOurId = new Map<string, Taken[]>();

  get count(): number {
    return this.all.length;
  }

  add(taken: Taken): Taken {
    this.all.push(taken);
    this.byId.set(taken.operatorMessageId, taken);
    if (taken.ourId !== null) {
      const before = this.byOurId.get(taken.ourId);
      if (before === undefined) this.byOurId.set(taken.ourId, [taken]);
      else before.push(taken);
    }
    return taken;
  }

  get(operatorMessageId: string): Taken | undefined {
    return this.byId.get(operatorMessageId);
  }

  /** As often as it was taken: more than one is a text sent twice. */
  ofOurs(ourId: string): readonly Taken[] {
    return this.byOurId.get(ourId) ?? [];
  }

  /** Our ids that were taken more than once. */
  twice(): string[] {
    return [...this.byOurId].filter(([, taken]) => taken.length > 1).map(([ourId]) => ourId);
  }

  clear(): void {
    this.all.length = 0;
    this.byId.clear();
    this.byOurId.clear();
  }
}
