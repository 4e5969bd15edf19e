import type { StatementTexts } from './statement.ts';

/**
 * The owner's statement, a draft for a lawyer to replace. A change to any text needs a new version in statement.ts.
 * Fields: {company} {address} {nip} {name} {signatory} {email} {date}.
 */
const declaration =
  'Acting on behalf of {company}, {address}, NIP (tax number) {nip}, I declare that we have the right to use the name ' +
  '"{name}" and I permit its use as the sender name of SMS messages sent on our behalf.';
const signature = 'Submitted by: {signatory}, {email}, {date}.';

export const statementEn: StatementTexts = {
  title: "Owner's statement for an SMS sender name",
  text: {
    crm: `${declaration}\n${signature}`,
    'without-crm': `${declaration}\nI am sending this statement from my own mailbox.\n${signature}`,
  },
  subject: "Owner's statement for the SMS sender name {name}",
  request: 'Please authorise the SMS sender name "{name}".',
  details: 'Sender name: {name}\nCompany: {company}\nAddress: {address}\nNIP: {nip}',
};
