import { join } from 'node:path';
import { build } from 'vite';

/** What is put into pages: the modules that the content script is made of, as one script that defines `nadpis`. */
export async function readerScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    build: {
      write: false,
      minify: false,
      target: 'es2024',
      lib: { entry: join(import.meta.dirname, 'page', 'index.ts'), formats: ['iife'], name: 'nadpis' },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (output === undefined || !('output' in output)) throw new Error('The reader was not built');
  return output.output[0].code;
}
