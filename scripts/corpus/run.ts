import { writeFileSync } from 'node:fs';
import { readPages } from './any.ts';
import { heading, inAll, lineOf, measureCorpus, UnknownPage } from './corpus.ts';
import { BadOption, help, readOptions } from './options.ts';
import { precision, recall } from './score.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function run(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const print = (value: unknown) => {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    if (options.out === null) process.stdout.write(text);
    else writeFileSync(options.out, text);
  };
  if (options.urls.length === 0) {
    const put = options.json ? say : (line: string) => process.stdout.write(`${line}\n`);
    put(heading);
    const measured = await measureCorpus(options.names, (one) => put(lineOf(one)));
    const all = inAll(measured);
    put(lineOf(all, false));
    if (options.json)
      print(
        [...measured, all].map(({ page, score, ms }) => ({
          page,
          ...score,
          precision: precision(score),
          recall: recall(score),
          ms: Math.round(ms),
        })),
      );
    return all.score.wrong.length > 0 ? 1 : 0;
  }
  const { entries, failed } = await readPages(options.urls, options, say);
  print(entries);
  return failed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = error instanceof BadOption || error instanceof UnknownPage ? 2 : 1;
  say(
    `✗ ${error instanceof BadOption ? `${error.message}\n\n${help}` : error instanceof UnknownPage ? error.message : error instanceof Error ? error.stack : String(error)}`,
  );
}
