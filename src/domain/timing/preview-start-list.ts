import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { diffPlan, planImport } from './plan-import.ts';
import type { ColumnMapping, RowIssue } from './start-list.ts';

export interface StartListPreview {
  fileName: string;
  encoding: string;
  headings: string[];
  mapping: ColumnMapping;
  sample: { line: number; cells: string[] }[];
  rowCount: number;
  /** The first ones; `errorCount` and `warningCount` count them all. */
  issues: RowIssue[];
  errorCount: number;
  warningCount: number;
  newRaces: string[];
  added: number;
  changed: number;
  missing: number;
  unchanged: number;
  /** The first ones of each, to look at. */
  examples: {
    added: { bib: string; name: string }[];
    changed: { bib: string; before: string; after: string }[];
    missing: { bib: string; name: string }[];
    swapped: { name: string; from: string; to: string }[];
  };
  swapped: number;
}

const ISSUES_SHOWN = 50;
const EXAMPLES_SHOWN = 8;

/** What an import of this file would do, without doing it. */
export async function previewStartList(
  ctx: Context,
  input: { eventId: string; fileName: string; bytes: Buffer; mapping?: ColumnMapping | undefined },
): Promise<StartListPreview> {
  const event = await requireOwnEvent(ctx, input);
  const plan = await planImport(ctx, event, input);
  // A race to be made matches no entry there is: its name stands for the id that it will get.
  const diff = await diffPlan(
    ctx,
    event.id,
    plan.resolve((name) => name),
  );
  return {
    fileName: input.fileName.slice(0, 200),
    encoding: plan.file.encoding,
    headings: plan.file.headings,
    mapping: plan.file.mapping,
    sample: plan.file.sample,
    rowCount: plan.file.rowCount,
    issues: plan.issues.slice(0, ISSUES_SHOWN),
    errorCount: plan.issues.filter(({ severity }) => severity === 'error').length,
    warningCount: plan.issues.filter(({ severity }) => severity === 'warning').length,
    newRaces: plan.newRaces,
    added: diff.added.length,
    changed: diff.changed.length,
    missing: diff.missing.length,
    unchanged: diff.unchanged,
    swapped: diff.swapped.length,
    examples: {
      added: diff.added.slice(0, EXAMPLES_SHOWN).map(line),
      changed: diff.changed
        .slice(0, EXAMPLES_SHOWN)
        .map(({ before, after }) => ({ bib: after.bib, before: describe(before), after: describe(after) })),
      missing: diff.missing.slice(0, EXAMPLES_SHOWN).map(line),
      swapped: diff.swapped.slice(0, EXAMPLES_SHOWN),
    },
  };
}

interface Described {
  bib: string;
  firstName: string;
  lastName: string;
  category: string | null;
  club: string | null;
}

function line(entry: Described): { bib: string; name: string } {
  return { bib: entry.bib, name: `${entry.firstName} ${entry.lastName}`.trim() };
}

function describe(entry: Described): string {
  return [line(entry).name, entry.category, entry.club].filter(Boolean).join(', ');
}
