/** Up to `most` of a list's elements, evenly spread, first and last among them. Only these are touched. */
export function spread<T>(all: ArrayLike<T>, most: number): T[] {
  const count = Math.min(all.length, most);
  const step = count > 1 ? (all.length - 1) / (count - 1) : 0;
  const some: T[] = [];
  for (let at = 0; at < count; at += 1) {
    const one = all[Math.round(at * step)];
    if (one !== undefined) some.push(one);
  }
  return some;
}
