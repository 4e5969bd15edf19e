export type { Encoding } from './encoding.ts';
export { gsmDefaultAlphabet, gsmExtension } from './encoding.ts';
export { foldPolishLetters } from './fold.ts';
export type { FieldValues, Merged, Template, TemplateToken } from './merge.ts';
export { fieldKey, mergeFields, parseTemplate } from './merge.ts';
export type { PartCount } from './parts.ts';
export { countParts, partSizes, splitParts } from './parts.ts';
