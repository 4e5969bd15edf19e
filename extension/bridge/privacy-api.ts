import { pageOf } from '../../shared/api/paging.ts';
import {
  InboundMessage,
  ListChanged,
  ListedNumber,
  NumberErased,
  type NumberListName,
  NumberRecord,
} from '../../shared/api/privacy.ts';
import { ask, read } from './call.ts';
import { everyPage } from './paging.ts';

const rows = '50';
/** Whole tables are looked through for one number. Milliseconds. */
const longPatience = 120_000;

const pageQuery = (cursor: string | null) => ({ limit: rows, ...(cursor === null ? {} : { cursor }) });

/** Opt-outs and consents to marketing. */
export const numberLists = {
  page: async (list: NumberListName, cursor: string | null) =>
    read(
      pageOf(ListedNumber),
      await ask((client) =>
        client.v1['number-lists'][':list'].$get({ param: { list }, query: pageQuery(cursor) }),
      ),
    ),
  /** All of it, for a file. */
  all: (list: NumberListName) =>
    everyPage(ListedNumber, (client, query) =>
      client.v1['number-lists'][':list'].$get({ param: { list }, query }),
    ),
  add: async (list: NumberListName, json: { numbers: string[]; source: string }) =>
    read(
      ListChanged,
      await ask((client) => client.v1['number-lists'][':list'].$post({ param: { list }, json })),
    ),
  remove: async (list: NumberListName, numbers: string[]) =>
    read(
      ListChanged,
      await ask((client) =>
        client.v1['number-lists'][':list'].remove.$post({ param: { list }, json: { numbers } }),
      ),
    ),
};

/** What is kept about a number. Only administrators may ask. */
export const numbers = {
  record: async (number: string) =>
    read(
      NumberRecord,
      await ask((client) => client.v1.numbers.record.$post({ json: { number } }), { patience: longPatience }),
    ),
  erase: async (number: string) =>
    read(
      NumberErased,
      await ask((client) => client.v1.numbers.erasure.$post({ json: { number } }), {
        patience: longPatience,
      }),
    ),
};

/** Texts that people sent. */
export const inbound = {
  page: async (cursor: string | null) =>
    read(
      pageOf(InboundMessage),
      await ask((client) => client.v1['inbound-messages'].$get({ query: pageQuery(cursor) })),
    ),
};
