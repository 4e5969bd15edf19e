/** Initials stay as they are: `A.N.-K.` is not shortened to `A.`, whoever shortened it before. */
const shortened = /^(?:\p{L}\.-?)+$/u;

/** `Anna Nowak-Kowalska` → `A.N.-K.`; what has no letters, and initials, stay as they are. */
export function initials(name: string): string {
  if (shortened.test(name.trim())) return name;
  const words = name.normalize('NFC').trim().split(/\s+/);
  const short = words
    .map((word) =>
      word
        .split(/[-‐–]/)
        .map((part) => /\p{L}/u.exec(part)?.[0].toUpperCase())
        .filter((letter) => letter !== undefined)
        .map((letter) => `${letter}.`)
        .join('-'),
    )
    .join('');
  return short === '' ? name : short;
}

/** Columns whose cells are people, and those that hold a family name alone. */
const person =
  /pracowni|osob|imi[eę] i nazw|nazw\S* i imi|imion\S* i nazw|prze[lł]o[zż]on|kierowni|zast[eę]p|employee|worker|full ?name|person|superior|manager|^name$/i;
const family = /nazwisk|surname|last ?name|family ?name/i;

/**
 * The fields of an employee's row with initials for full names (domain §7): in columns of people, of family names, and
 * wherever the person's own name stands. A first name alone stays: it names nobody to a stranger.
 *
 * @param name the recipient, as the page calls that person
 */
export function withInitials(fields: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const own = name.trim();
  return Object.fromEntries(
    Object.entries(fields).map(([heading, value]) => {
      const whole = value.trim();
      const several = /\S\s+\S/.test(whole);
      const hides = family.test(heading) || (several && (person.test(heading) || whole === own));
      return [heading, hides ? initials(value) : value];
    }),
  );
}
