import { countParts } from '../sms-text/index.ts';
import type { HrmLanguage } from './events.ts';

const heads: Readonly<Record<HrmLanguage, (count: number) => string>> = {
  pl: (count) => `Powiadomienia z HRM (${count}):`,
  en: (count) => `Notifications from HRM (${count}):`,
};
const short: Readonly<Record<HrmLanguage, (count: number) => string>> = {
  pl: (count) => `Powiadomienia z HRM: ${count}. Szczegóły w HRM.`,
  en: (count) => `Notifications from HRM: ${count}. See HRM for details.`,
};

/**
 * Several notifications for one person as one text, a line each; where that would be longer than the operator takes, only
 * how many there are.
 *
 * @param most parts
 */
export function digestOf(texts: readonly string[], language: HrmLanguage, most: number): string {
  const whole = [heads[language](texts.length), ...texts.map((text) => `- ${text}`)].join('\n');
  return countParts(whole).parts <= most ? whole : short[language](texts.length);
}
