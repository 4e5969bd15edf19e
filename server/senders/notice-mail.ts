import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { warsawMoment } from '../../shared/sender-name/index.ts';

/** One line of a name's history, as it is told by mail. */
export interface NoticeLine {
  at: number;
  state: SenderNameState;
  reason: string;
  /** A person's name, or the operator's. */
  by: string;
  note: string;
}

const words: Readonly<Record<SenderNameState, readonly [polish: string, english: string]>> = {
  draft: ['poprawiona, czeka na oświadczenie właściciela', 'edited, waits for the owner’s statement'],
  'statement-accepted': [
    'oświadczenie zaakceptowane, jeszcze nie wysłane',
    'statement accepted, not sent yet',
  ],
  submitted: [
    'oświadczenie wysłane do operatora (odpowiedź zwykle do 24 h)',
    'statement sent to the operator (usually answered within 24 h)',
  ],
  authorised: ['autoryzowana, można wysyłać', 'authorised, you can send'],
  rejected: ['odrzucona przez operatora', 'rejected by the operator'],
  deactivated: [
    'wyłączona przez operatora, wysyłanie zatrzymane',
    'deactivated by the operator, sending has stopped',
  ],
  withdrawn: ['wycofana', 'withdrawn'],
};

/** What administrators are told about a name, in both languages: nobody was asked for theirs. */
export function noticeMail(
  name: string,
  lines: readonly NoticeLine[],
  publicUrl: string,
): { subject: string; text: string } {
  const last = lines.at(-1);
  const state = last === undefined ? '' : words[last.state][0];
  const part = (language: 'pl' | 'en') => {
    const [said, noted] =
      language === 'pl' ? ['Powód', 'Odpowiedź operatora'] : ['Reason', 'The operator’s reply'];
    return lines.flatMap((line) => [
      `${warsawMoment(line.at, language)}: ${words[line.state][language === 'pl' ? 0 : 1]} (${line.by})`,
      ...(line.reason === '' ? [] : [`  ${said}: ${line.reason}`]),
      ...(line.note === '' ? [] : [`  ${noted}: ${line.note.replace(/\s*\n\s*/g, ' / ')}`]),
    ]);
  };
  return {
    subject: `Nazwa nadawcy SMS „${name}”: ${state}`,
    text: [
      `Nazwa nadawcy „${name}”:`,
      ...part('pl'),
      '',
      `Sender name "${name}":`,
      ...part('en'),
      '',
      `Nadpis, ${publicUrl}`,
      '',
    ].join('\n'),
  };
}
