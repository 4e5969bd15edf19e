export type { FieldReading } from './forms/fields.ts';
export { callingCode, fullNumber } from './forms/dial-code.ts';
export { fieldsIn, recordOf } from './forms/record.ts';
export type { Column, Header, ListReading, ListSource } from './lists/list.ts';
export { type PeopleReader, peopleOf } from './lists/person.ts';
export { type LooseNumber, type PageReading, type ReadOptions, readPage, readSteps } from './reading.ts';
