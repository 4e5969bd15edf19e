import { createServer } from 'node:http';
import { listen } from '../../../scripts/demo/list-server.ts';

/** A site of pages that tests write themselves. */
export interface Site {
  url: string;
  close(): void;
}

export const serve = async (pages: Record<string, string | (() => Iterable<string>)>): Promise<Site> => {
  const server = createServer(async (request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (page === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    if (typeof page === 'string') {
      response.end(page);
      return;
    }
    for (const part of page())
      if (!response.write(part)) await new Promise((done) => response.once('drain', () => done(null)));
    response.end();
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A table of people with boxes to tick, named so that each says who they are. */
export const peopleTable = (
  people: readonly (readonly [name: string, phone: string])[],
  id = 'people',
): string =>
  `<table id="${id}"><thead><tr><th></th><th>Imię i nazwisko</th><th>Telefon</th></tr></thead><tbody>${people
    .map(
      ([name, phone]) =>
        `<tr data-id="${phone.replace(/\D/g, '')}"><td><input type="checkbox" aria-label="${name}"></td><td>${name}</td><td>${phone}</td></tr>`,
    )
    .join('')}</tbody></table>`;

export const html = (title: string, body: string): string =>
  `<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
