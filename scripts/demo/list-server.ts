import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves folders of files under paths, TypeScript with its types taken out, on our own machine only. */
export const serveFiles = (folders: Record<string, string>): Server => {
  const mounts = Object.entries(folders)
    .map(([path, folder]) => ({ path, folder: resolve(folder) }))
    .sort((a, b) => b.path.length - a.path.length);
  return createServer(async (request, response) => {
    const answer = (status: number, body: string | Uint8Array, type = 'text/plain; charset=utf-8') => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Only GET');
    let path: string;
    try {
      path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    } catch {
      return answer(400, 'Bad address');
    }
    const mount = mounts.find((one) => path.startsWith(one.path));
    if (mount === undefined) return answer(404, 'Not found');
    const inside = path.slice(mount.path.length);
    const file = normalize(
      join(mount.folder, inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside),
    );
    if (!file.startsWith(mount.folder + sep)) return answer(404, 'Not found');
    try {
      const content = await readFile(file);
      const type = types[extname(file)] ?? 'application/octet-stream';
      answer(200, extname(file) === '.ts' ? stripTypeScriptTypes(content.toString()) : content, type);
    } catch {
      answer(404, 'Not found');
    }
  });
};

/** @returns the port it listens on; rejects with `EADDRINUSE` when that port is taken */
export const listen = (server: Server, port: number, host = '127.0.0.1'): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** The demo's ERP page and the grid it uses. */
export const demoFolders = (root: string): Record<string, string> => ({
  '/': join(root, 'demo'),
  '/tabulator/': join(root, 'node_modules', 'tabulator-tables', 'dist'),
});
