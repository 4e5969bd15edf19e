import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as viteBuild } from 'vite';
import { builtOnce } from '../../scripts/built-once.ts';
import { makeRows } from './data.ts';
import { pages } from './pages.ts';
import { document, plainPage } from './plain.ts';
import { truthOf } from './truth.ts';

const here = import.meta.dirname;
const root = join(here, '..', '..');

/** Where the built pages and their truth (`<name>.truth.json`) stand. */
export const built = join(here, 'built');

const scripted = pages.filter((page) => page.script !== null);

const bundle = () =>
  viteBuild({
    root: here,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Said outright: a test runner's environment would make it a development build.
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
    build: {
      outDir: built,
      emptyOutDir: true,
      minify: false,
      // Nothing of the product: sizes are the grids' own affair.
      chunkSizeWarningLimit: 20_000,
      rolldownOptions: {
        input: Object.fromEntries(
          scripted.map((page) => [page.name, join(here, 'sources', page.script ?? '')]),
        ),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'shared/[name].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  });

const write = () => {
  const styles = new Set(readdirSync(built).filter((file) => file.endsWith('.css')));
  for (const page of pages) {
    const rows = makeRows(page.rows, page.seed);
    const css = styles.has(`${page.name}.css`) ? `<link rel="stylesheet" href="${page.name}.css">` : '';
    const files =
      page.script === null
        ? plainPage(page, rows)
        : {
            [`${page.name}.html`]: document(
              page.about,
              `<div id="root" style="height:700px;width:1200px"></div><script type="module" src="${page.name}.js"></script>`,
              css,
            ),
          };
    for (const [file, content] of Object.entries(files)) writeFileSync(join(built, file), content);
    const truth = truthOf(page, rows);
    writeFileSync(join(built, `${page.name}.truth.json`), JSON.stringify(truth));
  }
};

/** Builds all test pages when one of their sources changed. @returns whether it built */
export const buildPages = (): Promise<boolean> => {
  if (!existsSync(join(here, 'node_modules'))) {
    throw new Error('The test pages’ packages are missing: run `npm run setup`.');
  }
  return builtOnce(root, {
    inputs: ['test/pages', 'demo/people.ts'],
    outcome: join(built, 'form.truth.json'),
    stamp: join(root, 'out', 'stamps', 'pages'),
    build: async () => {
      rmSync(built, { recursive: true, force: true });
      mkdirSync(built, { recursive: true });
      await bundle();
      write();
    },
  });
};

if (import.meta.main) {
  const started = Date.now();
  const now = await buildPages();
  console.log(`${now ? 'Built' : 'Nothing to build'}: ${pages.length} pages, ${Date.now() - started} ms`);
}
