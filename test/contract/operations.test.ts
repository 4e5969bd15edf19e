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
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { startServer } from '../../scripts/server-process.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { variables } from '../../server/platform/configuration.ts';

const root = join(import.meta.dirname, '..', '..');
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

interface Compose {
  services: Record<string, { environment?: Record<string, string>; depends_on?: Record<string, object> }>;
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
      Object.keys(it?.environment ?? {}),
    );
    for (const name of given) expect(Object.keys(variables)).toContain(name);
    expect(services.server?.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
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

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  it('holds all that the server needs to run, and no tests', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nadpis-image-'));
    try {
      // What it copies and what .dockerignore leaves of that.
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
      const [, command = ''] = /^CMD (\[.+\])$/m.exec(dockerfile) ?? [];
      const [, ...args] = JSON.parse(command) as string[];
      const child = spawn(process.execPath, args, {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          NADPIS_PORT: '0',
          NADPIS_DATA: join(folder, 'data'),
          NADPIS_LOG: 'json',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
      });
      const url = await vi.waitFor(() => {
        const found = /"listening".*?"url":"(http[^"]+)"/.exec(said)?.[1];
        expect(found).toBeDefined();
        return found;
      }, 30_000);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('runs as nobody special, says whether it is well, and sets only what the server knows', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [\s\S]*\/readyz/m);
    for (const [, name = ''] of dockerfile.matchAll(/\b(NADPIS_\w+)=/g)) {
      expect(Object.keys(variables)).toContain(name);
    }
  });
});
