import { expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { readArgs } from './reprocess.ts';

test.each([
  [['--event', 'e-1'], { event: 'e-1', photo: undefined, failed: false }],
  [['--event', 'e-1', '--failed'], { event: 'e-1', photo: undefined, failed: true }],
  [['--older'], { failed: false, older: true }],
  [['--event', 'e-1', '--older'], { event: 'e-1', failed: false, older: true }],
  [['--photo', 'p-1'], { event: undefined, photo: 'p-1', failed: false }],
])('%j says what to read again', (args, asked) => {
  expect(readArgs(args)).toEqual(asked);
});

test.each([
  [[]],
  [['--event', 'e', '--photo', 'p']],
  [['--photo', 'p', '--failed']],
  [['--photo', 'p', '--older']],
  [['--event', 'e', '--failed', '--older']],
  [['--failed']],
  [['--all']],
  [['--event']],
])('%j is refused with words', (args) => {
  expect(readArgs(args)).toBeInstanceOf(UsageError);
});
