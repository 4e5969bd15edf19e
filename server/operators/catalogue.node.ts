import { httpOperators, kindOf, type OperatorKind } from './catalogue.ts';
import { createSmpp } from './smpp/adapter.node.ts';
import { smppForm, smppSettings } from './smpp/settings.ts';

/** Every operator that can be set up on a Node server. */
export const operators: readonly OperatorKind[] = [
  ...httpOperators,
  kindOf('smpp', smppSettings, smppForm, createSmpp),
];
