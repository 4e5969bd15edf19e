import type { NumberListName } from '../../../shared/api/privacy.ts';
import type { TextKey } from '../../locales/texts.ts';

/** What each list is called, and how one speaks of it. */
export const listWords = {
  'opt-outs': {
    title: 'privacy.opt_outs.title',
    help: 'privacy.opt_outs.help',
    source: 'privacy.opt_outs.source_help',
    empty: 'privacy.opt_outs.empty',
    remove: 'privacy.opt_outs.remove',
    really: 'privacy.opt_outs.remove_really',
  },
  'marketing-consents': {
    title: 'privacy.consents.title',
    help: 'privacy.consents.help',
    source: 'privacy.consents.source_help',
    empty: 'privacy.consents.empty',
    remove: 'privacy.consents.remove',
    really: 'privacy.consents.remove_really',
  },
} as const satisfies Record<NumberListName, Record<string, TextKey>>;
