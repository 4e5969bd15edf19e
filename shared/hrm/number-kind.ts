const own = /pryw|domow|osobist|w[lł]asn|rodzin|alarm|ice\b|privat|personal|home|emergency/i;
const employers = /s[lł]u[zż]b|firm|biur|wewn|busines|work|office|company|corporate/i;

/** Whose number a column holds, by its heading: the employer's, the employee's own; null: it does not say. */
export function numberKindOf(heading: string): 'business' | 'private' | null {
  if (own.test(heading)) return 'private';
  return employers.test(heading) ? 'business' : null;
}

/** Which of an employee's numbers a column holds, by its heading; null: it does not say. */
export function numberSourceOf(heading: string): 'sms' | 'business' | 'private' | null {
  return numberKindOf(heading) ?? (/\bsms/i.test(heading) ? 'sms' : null);
}
