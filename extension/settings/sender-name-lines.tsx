const nip = /(\d{3}-\d{3}-\d{2}-\d{2})/;

/** The statement as it reads, line by line; a NIP is not torn apart at its hyphens. */
export function StatementLines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').map((line) => (
        <p key={line}>
          {line.split(nip).map((part) => (nip.test(part) ? <span class="whole">{part}</span> : part))}
        </p>
      ))}
    </>
  );
}
