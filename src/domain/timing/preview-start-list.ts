import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { diffPlan, planImport } from './plan-import.ts';
import { refuses } from './refuses-photos.ts';
import type { ColumnMapping, Consents, ListProfile, RowIssue } from './start-list.ts';

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
    changed: { bib: string; before: string; after: string; consents: ChangedConsent[] }[];
    missing: { bib: string; name: string }[];
    displaced: { bib: string; name: string }[];
    swapped: { name: string; from: string; to: string }[];
  };
  swapped: number;
  /** Those of `missing` whose bib is somebody else's now: they go with the import. */
  displaced: number;
  /** Runners of the file who want no photos of theirs found. */
  refusals: number;
}

export interface ChangedConsent {
  consent: keyof Consents;
  now: boolean | null;
}

const ISSUES_SHOWN = 50;
const EXAMPLES_SHOWN = 8;

/** What an import of this file would do, without doing it. */
export async function previewStartList(
  ctx: Context,
  input: {
    eventId: string;
    fileName: string;
    bytes: Buffer;
    mapping?: ColumnMapping | undefined;
    profile?: ListProfile | undefined;
  },
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
    displaced: diff.displaced.length,
    refusals: plan.file.runners.filter(refuses).length,
    examples: {
      added: diff.added.slice(0, EXAMPLES_SHOWN).map(line),
      changed: diff.changed.slice(0, EXAMPLES_SHOWN).map(({ before, after }) => ({
        bib: after.bib,
        before: describe(before),
        after: describe(after),
        consents: changedConsents(before, after),
      })),
      missing: diff.missing.slice(0, EXAMPLES_SHOWN).map(line),
      displaced: diff.displaced.slice(0, EXAMPLES_SHOWN).map(line),
      swapped: diff.swapped.slice(0, EXAMPLES_SHOWN).map(({ name, from, to }) => ({ name, from, to })),
    },
  };
}

const CONSENTS = ['photoConsent', 'faceConsent', 'photoOptOut'] as const;

function changedConsents(before: Consents, after: Consents): ChangedConsent[] {
  return CONSENTS.filter((consent) => before[consent] !== after[consent]).map((consent) => ({
    consent,
    now: after[consent],
  }));
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
