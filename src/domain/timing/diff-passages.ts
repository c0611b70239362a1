import type { PassagePlan, PassageRow, WantedPassage } from './plan-passages.ts';

export interface PassagesDiff {
  added: WantedPassage[];
  changed: { id: string; before: PassageRow; after: WantedPassage }[];
  /** In the event and not in the file, at checkpoints that the file has. */
  missing: PassageRow[];
  unchanged: number;
}

/** What an import would do. Pure. A passage is its race, its bib, its checkpoint and its lap. */
export function diffPassages(existing: PassageRow[], { places, wanted }: PassagePlan): PassagesDiff {
  const ids = new Set(places.map(({ id }) => id));
  const open = new Map(
    existing
      .filter(({ checkpointId }) => ids.has(checkpointId))
      .map((row) => [keyOf(row, row.checkpointId), row]),
  );
  const diff: PassagesDiff = { added: [], changed: [], missing: [], unchanged: 0 };
  for (const after of wanted) {
    const key = keyOf(after, places[after.checkpoint]?.id ?? null);
    const before = open.get(key);
    open.delete(key);
    if (!before) diff.added.push(after);
    else if (isSame(before, after)) diff.unchanged += 1;
    else diff.changed.push({ id: before.id, before, after });
  }
  return { ...diff, missing: [...open.values()] };
}

function keyOf(
  passage: { raceId: string | null; bib: string; lap: number },
  checkpointId: string | null,
): string {
  return `${passage.raceId}/${passage.bib}/${checkpointId}/${passage.lap}`;
}

function isSame(before: PassageRow, after: WantedPassage): boolean {
  return (
    before.at.getTime() === after.at.getTime() &&
    before.kind === after.kind &&
    before.precisionMs === after.precisionMs
  );
}
