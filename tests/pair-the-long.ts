import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, in an order in which the two that run side by side want different things: one the
 * processor, the other mostly to wait for a lost process to be missed.
 */
const LONG = [
  'tests/processes/killed-worker.test.ts',
  'tests/e2e/story.test.ts',
  'tests/processes/many-processes.test.ts',
  'src/platform/queue/takeover.postgres.test.ts',
  'tests/processes/killed-web.test.ts',
  'tests/e2e/evidence.test.ts',
  'tests/processes/bad-input.test.ts',
  'tests/processes/recognition-faults.test.ts',
];

/** A long test that starts last leaves the other core idle at the end. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted].sort((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = LONG.findIndex((path) => moduleId.endsWith(`/${path}`));
  return at === -1 ? LONG.length : at;
}
