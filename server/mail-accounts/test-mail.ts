/** The mail that shows an administrator that the account works. In both languages: who reads it is not asked for one. */
export function testMail(host: string): { subject: string; text: string } {
  return {
    subject: 'Nadpis: wiadomość testowa / test mail',
    text: [
      `Konto e-mail działa: serwer ${host} przyjął tę wiadomość. Tędy będą wychodzić oświadczenia właścicieli nazw nadawcy.`,
      '',
      `The mail account works: ${host} took this mail. Owner’s statements for sender names will go out this way.`,
      '',
    ].join('\n'),
  };
}
