import { expect, it } from 'vitest';
import { tally } from './test-report.ts';

it('counts passed, failed and skipped tests, and a file that did not load as a failure', () => {
  const test = (status: string) => ({ status, fullName: status });
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [test('passed'), test('failed'), test('skipped')],
      },
      { name: 'b.test.ts', status: 'passed', assertionResults: [test('passed'), test('todo')] },
      { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  };
  expect(tally(report)).toEqual({
    passed: 2,
    failed: 2,
    skipped: ['a.test.ts: skipped', 'b.test.ts: todo'],
  });
});
