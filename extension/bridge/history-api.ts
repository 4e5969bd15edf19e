import { Batch } from '../../shared/api/batches.ts';
import { Message, MessageTimeline } from '../../shared/api/messages.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ask, read } from './call.ts';

/** Rows of one page: what a person looks through before the next one is asked for. */
const limit = '50';
const pageQuery = (cursor: string | null) => ({ limit, ...(cursor === null ? {} : { cursor }) });

/** What was sent, and what became of it. */
export const history = {
  batches: async (cursor: string | null) =>
    read(pageOf(Batch), await ask((client) => client.v1.batches.$get({ query: pageQuery(cursor) }))),
  messagesOf: async (id: string, cursor: string | null) =>
    read(
      pageOf(Message),
      await ask((client) =>
        client.v1.batches[':id'].messages.$get({ param: { id }, query: pageQuery(cursor) }),
      ),
    ),
  message: async (id: string) =>
    read(MessageTimeline, await ask((client) => client.v1.messages[':id'].$get({ param: { id } }))),
  cancel: async (id: string) =>
    read(Batch, await ask((client) => client.v1.batches[':id'].cancel.$post({ param: { id } }))),
};
