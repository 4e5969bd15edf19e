import type { statementPdf as onNode } from '../../../server/senders/statement-pdf.node.ts';

/** Stands in workerd for `server/senders/statement-pdf.node.ts`, whose fonts are files. */
export const statementPdf: typeof onNode = () => Promise.reject(new Error('a Worker makes no PDF'));
