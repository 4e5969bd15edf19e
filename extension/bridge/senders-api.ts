import { z } from 'zod';
import { type BlockedImport, BlockedImported } from '../../shared/api/blocked-names.ts';
import { MailAccount, type MailAccountDraft, MailTested } from '../../shared/api/mail-accounts.ts';
import {
  NameAnswer,
  type NameQuestion,
  type RecordedAnswer,
  SenderName,
  SenderNameDetail,
  type SenderNameDraft,
  type SenderNameEdit,
  SlotMove,
  type SlotSelection,
  Slots,
} from '../../shared/api/sender-names.ts';
import {
  Scan,
  type StatementAcceptance,
  StatementDraft,
  type StatementQuestion,
} from '../../shared/api/statements.ts';
import { ask, fileOf, nothing, read } from './call.ts';
import { everyPage } from './paging.ts';

/** A mail server may take its time over each step of a mail; our own server gives it up before this. Milliseconds. */
const mailPatience = 180_000;

/** Ten megabytes over a slow line. Milliseconds. */
const filePatience = 300_000;

/** Sender names from their first letter to the operator's answer. Only administrators may ask all but the list. */
export const senderNames = {
  list: () => everyPage(SenderName, (client, query) => client.v1['sender-names'].$get({ query })),
  get: async (id: string) =>
    read(SenderNameDetail, await ask((client) => client.v1['sender-names'][':id'].$get({ param: { id } }))),
  /** What a typed name would meet; nothing is stored. */
  check: async (json: z.input<typeof NameQuestion>, signal: AbortSignal) =>
    read(NameAnswer, await ask((client) => client.v1['sender-names'].check.$post({ json }), { signal })),
  /** With its accepted statement: a new name, or a change of the slot's current one. */
  create: async (json: z.input<typeof SenderNameDraft>) =>
    read(SenderNameDetail, await ask((client) => client.v1['sender-names'].$post({ json }))),
  edit: async (id: string, json: z.input<typeof SenderNameEdit>) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].$patch({ param: { id }, json })),
    ),
  withdraw: async (id: string) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].withdraw.$post({ param: { id } })),
    ),
  /** The owner's statement for a name that has none. */
  accept: async (id: string, json: z.input<typeof StatementAcceptance> & { slot: string }) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].statement.$post({ param: { id }, json })),
    ),
  /** Our server mails it. `key` belongs to this press: a retry repeats it, and one mail goes out. */
  submit: async (id: string, resend: boolean, key: string) =>
    read(
      SenderNameDetail,
      await ask(
        (client) =>
          client.v1['sender-names'][':id'].submission.$post({
            param: { id },
            header: { 'idempotency-key': key },
            json: { resend },
          }),
        { patience: mailPatience },
      ),
    ),
  /** "I have sent it." */
  sent: async (id: string) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].sent.$post({ param: { id } })),
    ),
  /** What the operator answered, recorded by an administrator. */
  recordAnswer: async (id: string, json: z.input<typeof RecordedAnswer>) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].answer.$post({ param: { id }, json })),
    ),
  /** Asks the operator now. */
  askOperator: async (id: string) =>
    read(
      SenderNameDetail,
      await ask((client) => client.v1['sender-names'][':id'].ask.$post({ param: { id } })),
    ),
};

export const statements = {
  /** What the statement would say, filled from the stamp; nothing is stored. */
  draft: async (json: z.input<typeof StatementQuestion>) =>
    read(StatementDraft, await ask((client) => client.v1.statements.draft.$post({ json }))),
  page: async (id: string) =>
    fileOf(
      await ask((client) => client.v1['sender-names'][':id']['statement.html'].$get({ param: { id } }), {
        wantsFile: true,
      }),
    ),
  pdf: async (id: string) =>
    fileOf(
      await ask((client) => client.v1['sender-names'][':id']['statement.pdf'].$get({ param: { id } }), {
        wantsFile: true,
      }),
    ),
  scan: async (id: string) =>
    fileOf(
      await ask((client) => client.v1['sender-names'][':id'].statement.scan.$get({ param: { id } }), {
        wantsFile: true,
        patience: filePatience,
      }),
    ),
  attachScan: async (id: string, file: Blob) =>
    read(
      Scan,
      await ask((client) => client.v1['sender-names'][':id'].statement.scan.$put({ param: { id } }), {
        file,
        patience: filePatience,
      }),
    ),
};

/** The current names of the program and of each company. */
export const slots = {
  get: async () => read(Slots, await ask((client) => client.v1['sender-name-slots'].$get())),
  select: async (slot: string, json: z.input<typeof SlotSelection>) =>
    read(
      SlotMove,
      await ask((client) => client.v1['sender-name-slots'][':slot'].$put({ param: { slot }, json })),
    ),
  /** Back to the program's name. */
  clear: async (slot: string, dryRun: boolean) =>
    read(
      SlotMove,
      await ask((client) =>
        client.v1['sender-name-slots'][':slot'].$delete({
          param: { slot },
          query: { dryRun: dryRun ? 'true' : 'false' },
        }),
      ),
    ),
};

export const mailAccount = {
  get: async () => read(MailAccount, await ask((client) => client.v1['mail-account'].$get())),
  set: async (json: z.input<typeof MailAccountDraft>) =>
    read(MailAccount, await ask((client) => client.v1['mail-account'].$put({ json }))),
  remove: async () => nothing(await ask((client) => client.v1['mail-account'].$delete())),
  /** A test mail to oneself. */
  test: async () =>
    read(
      MailTested,
      await ask((client) => client.v1['mail-account'].test.$post(), { patience: mailPatience }),
    ),
};

export const blockedNames = {
  imports: async () =>
    read(
      z.object({ items: z.array(BlockedImported) }),
      await ask((client) => client.v1['blocked-names'].imports.$get()),
    ),
  import: async (json: z.input<typeof BlockedImport>) =>
    read(
      BlockedImported,
      await ask((client) => client.v1['blocked-names'].imports.$post({ json }), { patience: filePatience }),
    ),
  remove: async (id: string) =>
    nothing(await ask((client) => client.v1['blocked-names'].imports[':id'].$delete({ param: { id } }))),
};
