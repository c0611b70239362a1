import { readFileSync } from 'node:fs';

/** What Vitest's JSON report says, as far as it is counted. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

export interface Tally {
  passed: number;
  failed: number;
  /** Tests that did not run, as `file: name`. */
  skipped: string[];
}

/** Counts a report. A file that did not even load counts as one failure. */
export function tally(report: Report): Tally {
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ status, label: `${name}: ${fullName}` })),
  );
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + unloaded.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ label }) => label),
  };
}

/** Zero tests read from a file that is not there: a run that ended before its report. */
export function readTally(path: string): Tally | null {
  try {
    return tally(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Only tests on photos that are not ours to ship may be left out: their file names ../shared/data. */
export function mayBeSkipped(label: string): boolean {
  const [file = ''] = label.split(': ');
  return readFileSync(file, 'utf8').includes('shared/data');
}
