import type { StartListDiff, StartListEntry } from './diff-start-list.ts';
import { refuses, refusesFaces } from './refuses-photos.ts';

/** The bibs that a re-import gives to somebody, takes from somebody or moves to another race, and those whose runner refuses
 *  photos or faces from now on, or no more: what photos hang on. A name that was corrected is none. */
export function changedBibs(
  { added, changed }: Pick<StartListDiff, 'added' | 'changed'>,
  removed: readonly Pick<StartListEntry, 'bib'>[],
): string[] {
  const moved = changed.filter(
    ({ before, after }) =>
      before.bib !== after.bib ||
      before.raceId !== after.raceId ||
      refuses(before) !== refuses(after) ||
      refusesFaces(before) !== refusesFaces(after),
  );
  return [
    ...new Set([
      ...[...added, ...removed].map(({ bib }) => bib),
      ...moved.flatMap(({ before, after }) => [before.bib, after.bib]),
    ]),
  ];
}
