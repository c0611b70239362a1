import type { Context } from '#context.ts';
import { diffPassages } from './diff-passages.ts';
import type { TimingFormat } from './passage.ts';
import { listExisting, planPassages } from './plan-passages.ts';
import type { RowIssue } from './start-list.ts';

export interface PassagesPreview {
  format: TimingFormat;
  encoding: string;
  runnerCount: number;
  /** In the order of the file, with what it says of each. */
  places: { name: string; isNew: boolean; passages: number; first: Date; last: Date }[];
  added: number;
  changed: number;
  missing: number;
  unchanged: number;
  /** The first ones; `errorCount` counts them all. */
  issues: RowIssue[];
  errorCount: number;
  /** Fields that are left out because nobody here knows them. */
  unknown: string[];
}

const ISSUES_SHOWN = 50;
const UNKNOWN_SHOWN = 12;

/** What an import of this file would do, without doing it. */
export async function previewPassages(
  ctx: Context,
  input: { eventId: string; bytes: Buffer },
): Promise<PassagesPreview> {
  const plan = await planPassages(ctx, input);
  const diff = diffPassages(await listExisting(ctx, input.eventId), plan);
  const times = plan.places.map((_, index) =>
    plan.wanted.filter(({ checkpoint }) => checkpoint === index).map(({ at }) => at.getTime()),
  );
  return {
    format: plan.format,
    encoding: plan.encoding,
    runnerCount: plan.runnerCount,
    places: plan.places.flatMap(({ name, id }, index) => {
      const sorted = (times[index] ?? []).toSorted((a, b) => a - b);
      const [first, last] = [sorted[0], sorted.at(-1)];
      if (first === undefined || last === undefined) return [];
      return [
        { name, isNew: id === null, passages: sorted.length, first: new Date(first), last: new Date(last) },
      ];
    }),
    added: diff.added.length,
    changed: diff.changed.length,
    missing: diff.missing.length,
    unchanged: diff.unchanged,
    issues: plan.issues.slice(0, ISSUES_SHOWN),
    errorCount: plan.issues.length,
    unknown: plan.unknown.slice(0, UNKNOWN_SHOWN),
  };
}
