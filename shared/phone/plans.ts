import type { NumberKind } from './found.ts';

/**
 * What is needed of numbering plans to tell a number by its calling code and length: ITU-T E.164 and the national
 * plans. A row: region, calling code, trunk prefix (`-`: none), national length, leading digits of mobiles.
 * Poland is exact (plan of UKE); `check.ts` has the full tables for the rest.
 */
const ROWS = `PL 48 - 9 45|5[0137]|6[069]|7[2389]|88
DE 49 0 5-11 1[5-7]
UA 380 0 9 39|50|6[36-8]|7[1-57]|9[1-9]
GB 44 0 9-10 7[1-57-9]
CZ 420 - 9 60|7[02379]
SK 421 0 9 9[0145]
US 1 - 10 -
CA 1 - 10 -
AT 43 0 5-13 6[5-9]
BE 32 0 8-9 4[5-9]
BG 359 0 7-9 8[7-9]|98
BY 375 80 9 25|29|33|44
CH 41 0 9 7[5-9]
DK 45 - 8 -
EE 372 - 7-8 5|8[1-4]
ES 34 - 9 [67]
FI 358 0 6-11 4|50
FR 33 0 9 [67]
GR 30 - 10 69
HR 385 0 8-9 9
HU 36 06 8-9 [2357]0|31
IE 353 0 7-9 8
IT 39 - 6-11 3
KZ 7 8 10 7[0-9]
LT 370 0 8 6
LV 371 - 8 2
MD 373 0 8 6|7[6-9]
NL 31 0 9 6
NO 47 - 8 4|9
PT 351 - 9 9
RO 40 0 9 7
RS 381 0 7-9 6
RU 7 8 10 9
SE 46 0 7-9 7
SI 386 0 8 [37][01]|4|51|6[489]
TR 90 0 10 5
IL 972 0 8-9 5
IN 91 0 10 [6-9]
GE 995 - 9 5`;

export interface Plan {
  code: string;
  trunk: string;
  min: number;
  max: number;
  /** Null where the number does not tell a mobile from a landline. */
  mobile: RegExp | null;
}

const byRegion = new Map<string, Plan>();
const byCode = new Map<string, Plan>();
for (const row of ROWS.split('\n')) {
  const [region = '', code = '', trunk = '', length = '', mobile = ''] = row.split(' ');
  const [min, max = min] = length.split('-').map(Number);
  const plan: Plan = {
    code,
    trunk: trunk === '-' ? '' : trunk,
    min: min ?? 0,
    max: max ?? 0,
    mobile: mobile === '-' ? null : new RegExp(`^(?:${mobile})`),
  };
  byRegion.set(region, plan);
  if (!byCode.has(code)) byCode.set(code, plan);
}

/** Polish areas, with the army (26) and the police (47), as a pattern. */
export const polishAreas = '1[2-8]|2[2-69]|3[2-4]|4[1-4678]|5[245689]|6[1-3578]|7[14-7]|8[1-79]|9[145]';
const POLISH_AREA = new RegExp(`^(?:${polishAreas})`);
/** Free, shared cost, premium, company-wide and internet numbers: real, but no one's mobile or desk. */
const POLISH_SERVICE = /^(?:39|64|70[01346-8]|80[0148])/;

/** Calling codes in use, ITU-T E.164 (no code is the beginning of another). */
const CALLING_CODE =
  /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\d|3[578]\d|42\d|5[09]\d|6[789]\d|8[0578]\d|9[679]\d)/;

export const planOf = (region: string): Plan =>
  byRegion.get(region.toUpperCase()) ?? (byRegion.get('PL') as Plan);

export const isPolishMobile = (national: string): boolean => planOf('PL').mobile?.test(national) === true;

function fits(national: string, plan: Plan): boolean {
  if (national.length < plan.min || national.length > plan.max) return false;
  if (plan.code === '48') {
    return !!plan.mobile?.test(national) || POLISH_AREA.test(national) || POLISH_SERVICE.test(national);
  }
  if (plan.code === '1') return /^[2-9]\d\d[2-9]/.test(national);
  return national[0] !== '0' || plan.code === '39';
}

function kindOf(national: string, plan: Plan): NumberKind {
  if (!plan.mobile || (plan.code === '48' && POLISH_SERVICE.test(national))) return 'unknown';
  return plan.mobile.test(national) ? 'mobile' : 'landline';
}

/** How a number says where it belongs, from the surest to the least sure. */
export type Way = 'plus' | 'zeros' | 'code' | 'trunk' | 'national';

export interface Reading {
  e164: string;
  kind: NumberKind;
  way: Way;
}

const reading = (national: string, plan: Plan, own: Plan, way: Way): Reading => ({
  e164: `+${plan.code}${national}`,
  kind: plan.code === own.code ? kindOf(national, plan) : 'foreign',
  way,
});

/** Digits after `+` or `00`. A trunk zero kept by mistake, as in `+49 (0)151 …`, is dropped. */
function international(digits: string, own: Plan, way: Way): Reading | null {
  const code = CALLING_CODE.exec(digits)?.[0];
  if (!code || digits.length > 17) return null;
  const plan = byCode.get(code);
  const rest = digits.slice(code.length);
  if (plan) {
    if (fits(rest, plan)) return reading(rest, plan, own, way);
    const bare = rest.slice(1);
    return rest[0] === '0' && fits(bare, plan) ? reading(bare, plan, own, way) : null;
  }
  // Numbers of small countries have six digits after a code of three.
  if (digits.length < 9 || digits.length > 15 || rest[0] === '0') return null;
  return { e164: `+${digits}`, kind: 'foreign', way };
}

/**
 * The phone number that these digits are, in a page of the given plan; null when they are none.
 * `loose`: inside a phone column, where a dropped trunk zero and a foreign code without its plus are believed.
 */
export function interpret(digits: string, plus: boolean, own: Plan, loose: boolean): Reading | null {
  if (digits.length < 7 || digits.length > 19) return null;
  if (plus) return international(digits.replace(/^00/, ''), own, 'plus');
  if (digits.startsWith('00')) return international(digits.slice(2), own, 'zeros');
  // Dialled from America, and as it was dialled in Ukraine before 2009.
  if (own.code === '1' && digits.startsWith('011')) return international(digits.slice(3), own, 'zeros');
  if (own.code === '380' && /^80\d{9}$/.test(digits)) return reading(digits.slice(2), own, own, 'trunk');
  const trunk = own.trunk || (own.code === '48' ? '0' : '');
  if (trunk && digits.startsWith(trunk)) {
    const rest = digits.slice(trunk.length);
    if (fits(rest, own)) return reading(rest, own, own, 'trunk');
  }
  // A spreadsheet drops the trunk zero. No number without its area is as long as the longest, where lengths differ little.
  const whole = own.max - own.min < 3 && digits.length === own.max;
  if (!own.trunk || (loose && (whole || own.mobile?.test(digits)))) {
    if (fits(digits, own)) return reading(digits, own, own, 'national');
  }
  if (digits.startsWith(own.code)) {
    const rest = digits.slice(own.code.length);
    if (fits(rest, own) && (rest.length === own.max || loose)) return reading(rest, own, own, 'code');
  }
  if (!loose || digits.length < 11) return null;
  const code = CALLING_CODE.exec(digits)?.[0] ?? '';
  const plan = byCode.get(code);
  const rest = digits.slice(code.length);
  return plan?.mobile?.test(rest) && fits(rest, plan) ? reading(rest, plan, own, 'code') : null;
}
