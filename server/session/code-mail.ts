import type { Language } from './rules.ts';

/** The mail that brings a sign-in code. The code stands in the subject, so that it is read without opening the mail. */
export function codeMail(
  code: string,
  language: Language,
  publicUrl: string,
): { subject: string; text: string } {
  return language === 'pl'
    ? {
        subject: `Nadpis: kod logowania ${code}`,
        text: [
          `Twój kod logowania: ${code}`,
          '',
          'Kod jest ważny 10 minut i działa jeden raz.',
          'Jeśli to nie Ty się logujesz, nie podawaj kodu nikomu: bez niego nikt nie wejdzie na Twoje konto.',
          '',
          `Nadpis, ${publicUrl}`,
          '',
        ].join('\n'),
      }
    : {
        subject: `Nadpis: sign-in code ${code}`,
        text: [
          `Your sign-in code: ${code}`,
          '',
          'It is valid for 10 minutes and works once.',
          'If it is not you who is signing in, give the code to nobody: without it nobody gets into your account.',
          '',
          `Nadpis, ${publicUrl}`,
          '',
        ].join('\n'),
      };
}
