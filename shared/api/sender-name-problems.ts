/** Problems of sender names, their statements, mails and lists: a part of the catalogue in problems.ts. */
export const senderNameProblems = {
  'note-missing': {
    status: 422,
    title: 'The operator’s reply is missing',
    fix: 'Attach the operator’s reply as the note.',
  },
  'statement-not-accepted': {
    status: 422,
    title: 'The owner’s statement is not accepted',
    fix: 'Show the statement and send accepted and representation as true.',
  },
  'stamp-incomplete': {
    status: 422,
    title: 'The company data of the statement is incomplete',
    fix: 'Fill the fields listed in errors.',
  },
  'nip-invalid': {
    status: 422,
    title: 'The NIP is not valid',
    fix: 'Correct the NIP: its last digit does not fit the others.',
  },
  'company-not-chosen': {
    status: 422,
    title: 'Whose statement is it?',
    fix: 'Choose the company whose stamp the statement uses.',
  },
  'sender-name-warned': {
    status: 422,
    title: 'The sender name has warnings that were not accepted',
    fix: 'Show the warnings and send their codes in acceptedWarnings.',
  },
  'scan-unsupported': {
    status: 422,
    title: 'The scan is neither a PDF nor a PNG or JPEG picture',
    fix: 'Send the scan as a PDF, PNG or JPEG file.',
  },
  'blocked-list-broken': {
    status: 422,
    title: 'Some lines of the list cannot be read; nothing was imported',
    fix: 'Correct the lines listed in errors and import the whole list again.',
  },
  'statement-changed': {
    status: 409,
    title: 'The text of the statement is another than the one that was shown',
    fix: 'Show the statement again and ask for its acceptance.',
  },
  'company-deleted': {
    status: 409,
    title: 'The company was deleted meanwhile',
    fix: 'Choose another company.',
  },
  'change-locked': {
    status: 409,
    title: 'The current name may be changed once per 30 days',
    fix: 'Wait until lockedUntil, or select an existing name.',
  },
  'change-pending': {
    status: 409,
    title: 'Another change of this name is already accepted',
    fix: 'Submit it, edit it or withdraw it first.',
  },
  'slot-empty': {
    status: 409,
    title: 'There is no current name to change',
    fix: 'Add a name instead.',
  },
  'sender-name-not-selectable': {
    status: 409,
    title: 'The sender name cannot be selected in its state',
    fix: 'Choose one that is accepted, submitted or authorised.',
  },
  'sender-name-state': {
    status: 409,
    title: 'The sender name is in a state that does not permit this',
    fix: 'Read it again: facts.state says where it is.',
  },
  'sent-from-mail-program': {
    status: 409,
    title: 'Without the CRM module the statement goes out from the owner’s mail program',
    fix: 'Open the mailto link, then confirm with …/sent.',
  },
  'resend-too-early': {
    status: 409,
    title: 'It was sent, and the operator has its usual time to answer',
    fix: 'Wait until allowedAt.',
  },
  'operator-not-asked': {
    status: 409,
    title: 'The operator has no API for sender names',
    fix: 'Record the operator’s reply with its note.',
  },
  'mail-not-sent': {
    status: 502,
    title: 'The mail server did not take the mail; nothing was sent',
    fix: 'See facts.failure and facts.detail, correct the mail account and try again.',
  },
  'mail-outcome-unknown': {
    status: 502,
    title: 'The connection ended before the mail server confirmed the mail',
    fix: 'Look for the copy in your mailbox: then confirm with …/sent, or send again with resend.',
  },
  'operator-unavailable': {
    status: 502,
    title: 'The operator did not answer',
    fix: 'Try again later; names are also asked for regularly.',
  },
} as const;
