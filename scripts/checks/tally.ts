/** What a suite came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report (the same shape as jest's) that counts. */
interface Report {
  numPassedTests?: unknown;
  numFailedTests?: unknown;
  numPendingTests?: unknown;
  numTodoTests?: unknown;
  testResults?: unknown;
}

const count = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;

const brokeAsAWhole = (file: unknown): boolean => {
  if (typeof file !== 'object' || file === null) return false;
  const { status, assertionResults } = file as { status?: unknown; assertionResults?: unknown };
  const failures = Array.isArray(assertionResults)
    ? assertionResults.filter((test: { status?: unknown }) => test?.status === 'failed').length
    : 0;
  return status === 'failed' && failures === 0;
};

/**
 * Counts a run of vitest honestly: a file that could not be loaded, a run that ended badly though every test passed
 * (an unhandled error, a crash), one that left no report and one that ran nothing all count as failures.
 *
 * @param report what stands in the report's file; null when it left none
 * @param exit exit code, or null when it was killed
 */
export const tally = (report: string | null, exit: number | null): Tally => {
  let parsed: Report = {};
  try {
    parsed = report === null ? {} : ((JSON.parse(report) ?? {}) as Report);
  } catch {
    // Cut off in the middle of writing: it crashed.
  }
  const files = Array.isArray(parsed.testResults) ? parsed.testResults : [];
  const passed = count(parsed.numPassedTests);
  const skipped = count(parsed.numPendingTests) + count(parsed.numTodoTests);
  const failed = count(parsed.numFailedTests) + files.filter(brokeAsAWhole).length;
  const silent = failed === 0 && (exit !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed, skipped };
};

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((all, one) => all + one.passed, 0),
  failed: tallies.reduce((all, one) => all + one.failed, 0),
  skipped: tallies.reduce((all, one) => all + one.skipped, 0),
});

/** The last line of a run. */
export const line = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
