/** Stands in workerd for `server/operators/catalogue.node.ts`. */
export { httpOperators as operators } from '../../../server/operators/catalogue.ts';
