/** Precision and recall over E.164 numbers, with what was wrong. */
export interface Figures {
  precision: number;
  recall: number;
  wanted: number;
  wrong: string[];
}

export class Tally {
  private right = 0;
  private extra = 0;
  private missed = 0;
  private wrong: string[] = [];

  add(wanted: readonly string[], got: readonly string[], where: string): void {
    const left = [...wanted];
    for (const number of got) {
      const at = left.indexOf(number);
      if (at >= 0) {
        left.splice(at, 1);
        this.right++;
      } else {
        this.extra++;
        this.wrong.push(`extra ${number} in ${where}`);
      }
    }
    this.missed += left.length;
    for (const number of left) this.wrong.push(`missed ${number} in ${where}`);
  }

  figures(): Figures {
    const { right, extra, missed } = this;
    return {
      precision: right + extra ? right / (right + extra) : 1,
      recall: right + missed ? right / (right + missed) : 1,
      wanted: right + missed,
      wrong: this.wrong,
    };
  }
}
