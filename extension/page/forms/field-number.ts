import type { CapturedNumber } from '../../bridge/capture.ts';
import { numbersOf } from '../numbers/found.ts';
import { fullNumber } from './dial-code.ts';

/** The numbers in a field, with the country that its widget says. */
export const numbersInField = (control: Element, region: string): CapturedNumber[] =>
  numbersOf(fullNumber(control), 'cell', region);
