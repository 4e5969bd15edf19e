export { callingCode, fullNumber } from './forms/dial-code.ts';
export type { FieldReading } from './forms/fields.ts';
export { fieldsIn, recordOf } from './forms/record.ts';
export type { Column, Header, ListReading, ListSource } from './lists/list.ts';
export { type PeopleReader, peopleOf } from './lists/person.ts';
export type { MarkTexts } from './marks/texts.ts';
export { createPage, type Page, type PageOptions } from './page.ts';
export { createReader, type Reader, type ReaderOptions } from './reader.ts';
export { type LooseNumber, type PageReading, type ReadOptions, readPage, readSteps } from './reading.ts';
