import {
  fewestDigits,
  type MessageSearch,
  type MessageState,
  messageStates,
} from '../../shared/api/messages.ts';
import { endOfDay, startOfDay } from '../locales/days.ts';
import type { Filters } from './route.ts';

/** States that people look for together. */
const stateGroups = {
  not_arrived: ['undelivered', 'expired', 'rejected'],
  under_way: ['queued', 'sending', 'accepted'],
} as const satisfies Record<string, readonly MessageState[]>;

/** What the server is asked for, as it goes into a request. */
export type Looking = Pick<MessageSearch, 'number' | 'name' | 'company' | 'origin' | 'from' | 'until'> & {
  state?: MessageState[];
};

const isNumber = (search: string): boolean => /^[+(]?\d[\d\s().+/-]*$/.test(search);

/** Some digits, and not enough of them to look for a number. */
export const isTooShort = (search: string): boolean =>
  isNumber(search.trim()) && search.replace(/\D/g, '').length < fewestDigits;

/** One field for both: digits are of a number, anything else is of a name or reference. */
export function searchOf({ search = '', state, company, origin, from, to }: Filters): Looking {
  const states = statesOf(state);
  const since = startOfDay(from ?? '');
  const until = endOfDay(to ?? '');
  return {
    ...(search === '' ? {} : isNumber(search) ? { number: search } : { name: search }),
    ...(states === null ? {} : { state: states }),
    ...(company === undefined ? {} : { company }),
    ...(origin === 'crm' || origin === 'hrm' ? { origin } : {}),
    ...(since === null ? {} : { from: since }),
    ...(until === null ? {} : { until }),
  };
}

function statesOf(state: string | undefined): MessageState[] | null {
  if (state === 'not_arrived' || state === 'under_way') return [...stateGroups[state]];
  const one = messageStates.find((known) => known === state);
  return one === undefined ? null : [one];
}
