/**
 * One line that says what is going on: rewritten in place on a terminal, and a new line every few seconds elsewhere,
 * so that a log of CI stays readable. Plain JavaScript: it runs before anything is installed.
 */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const quietInterval = 10_000;

/** @param {number} milliseconds */
export const seconds = (milliseconds) =>
  milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;

/** @param {string} text */
const cut = (text) => {
  const width = (process.stderr.columns ?? 80) - 1;
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
};

/**
 * @param {string} title what is being done
 * @returns {{ say(detail: string): void, done(detail?: string): void, failed(detail?: string): void }}
 */
export const progress = (title) => {
  const started = Date.now();
  const lively = process.stderr.isTTY === true && !process.env.CI;
  let detail = '';
  let frame = 0;
  let spoken = started;
  const line = () => `${title}${detail === '' ? '' : `: ${detail}`} (${seconds(Date.now() - started)})`;
  const draw = () => {
    if (lively) {
      frame = (frame + 1) % frames.length;
      process.stderr.write(`\r\x1b[2K${cut(`${frames[frame]} ${line()}`)}`);
    } else if (Date.now() - spoken >= quietInterval) {
      spoken = Date.now();
      process.stderr.write(`  … ${line()}\n`);
    }
  };
  if (lively) draw();
  else process.stderr.write(`  … ${title}\n`);
  const timer = setInterval(draw, lively ? 120 : 1000);
  timer.unref();
  /** @param {string} sign @param {string | undefined} last */
  const end = (sign, last) => {
    clearInterval(timer);
    if (last !== undefined) detail = last;
    process.stderr.write(`${lively ? '\r\x1b[2K' : ''}${sign} ${line()}\n`);
  };
  return {
    say: (text) => {
      detail = text;
    },
    done: (last) => end('✓', last),
    failed: (last) => end('✗', last),
  };
};

/** A failure that is told to the user in words, with what to do, and without a stack. */
export class SetupProblem extends Error {
  /** @param {string} what @param {string} todo */
  constructor(what, todo) {
    super(what);
    this.name = 'SetupProblem';
    this.todo = todo;
  }
}
