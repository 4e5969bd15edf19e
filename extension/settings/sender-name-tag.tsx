import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { textOfNameState } from '../locales/code-text.ts';

const tones: Record<SenderNameState, string> = {
  draft: 'warn',
  'statement-accepted': 'warn',
  submitted: 'warn',
  authorised: 'good',
  rejected: 'bad',
  deactivated: 'bad',
  withdrawn: 'plain',
};

/** The state in words; its colour is only a help. */
export function StateTag({ state }: { state: SenderNameState }) {
  return <span class={`tag tag-${tones[state]}`}>{textOfNameState(state)}</span>;
}
