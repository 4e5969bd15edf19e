import { edgeTransport } from '../../../server/platform/http.edge.ts';
import type { NodeTransport } from '../../../server/platform/http.node.ts';

/** Stands in workerd for `server/platform/http.node.ts`. */
export const createNodeTransport = (): NodeTransport => ({ transport: edgeTransport, close: async () => {} });
