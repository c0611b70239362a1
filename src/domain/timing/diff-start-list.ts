import { nameSearchText, normaliseName } from './normalise-name.ts';
import type { Consents, ReadRunner } from './start-list.ts';
import type { startListEntries } from './tables.ts';

export type StartListEntry = typeof startListEntries.$inferSelect;

const COMPARED = [
  'raceId',
  'bib',
  'firstName',
  'lastName',
  'gender',
  'category',
  'club',
  'birthYear',
  'isMinor',
  'photoConsent',
  'faceConsent',
  'photoOptOut',
] as const;

/** What an entry says of its runner: the columns that a re-import may change. */
export type EntryFields = Pick<StartListEntry, (typeof COMPARED)[number] | 'nameSearch'>;

/** What a file says of a runner: whether they are a minor may be left open. */
export type WantedFields = Omit<EntryFields, 'isMinor'> & { isMinor: boolean | null };

export interface StartListDiff {
  added: EntryFields[];
  changed: { id: string; before: StartListEntry; after: EntryFields }[];
  /** In the event and not in the file. */
  missing: StartListEntry[];
  /** Those of `missing` whose bib the file gives to somebody else: they cannot stay. */
  displaced: StartListEntry[];
  unchanged: number;
  /** People who get another bib; their entry stays the same one. */
  swapped: { entryId: string; name: string; from: string; to: string }[];
}

/** What an import would do. Pure. Whoever keeps race, bib and name is the same entry; then whoever keeps their name, with another
 *  bib or race; then whoever has the bib, with another name. */
export function diffStartList(existing: StartListEntry[], wanted: WantedFields[]): StartListDiff {
  const { pairs, alone, left } = pairEntries(existing, wanted);
  const changed = pairs.filter(({ before, after }) =>
    COMPARED.some((field) => before[field] !== after[field]),
  );
  const taken = new Set(changed.map(({ after }) => keyOf(after)));
  return {
    added: alone.map((after) => completed(after, null)),
    changed: changed.map(({ before, after }) => ({ id: before.id, before, after })),
    missing: left,
    displaced: left.filter((entry) => taken.has(keyOf(entry))),
    unchanged: pairs.length - changed.length,
    swapped: changed
      .filter(({ before, after }) => before.bib !== after.bib)
      .map(({ before, after }) => ({
        entryId: before.id,
        name: `${after.firstName} ${after.lastName}`.trim(),
        from: before.bib,
        to: after.bib,
      })),
  };
}

export function entryFields(runner: ReadRunner, raceId: string | null): WantedFields {
  return {
    raceId,
    bib: runner.bib,
    firstName: runner.firstName,
    lastName: runner.lastName,
    nameSearch: nameSearchText(runner.firstName, runner.lastName),
    gender: runner.gender,
    category: runner.category,
    club: runner.club,
    birthYear: runner.birthYear,
    isMinor: runner.isMinor,
    photoConsent: runner.photoConsent,
    faceConsent: runner.faceConsent,
    photoOptOut: runner.photoOptOut,
  };
}

interface Pairing {
  pairs: { before: StartListEntry; after: EntryFields }[];
  /** Of the file, with no entry. */
  alone: WantedFields[];
  /** Entries that nobody of the file is. */
  left: StartListEntry[];
}

function pairEntries(existing: StartListEntry[], wanted: WantedFields[]): Pairing {
  const bySlot = new Map(existing.map((entry) => [keyOf(entry), entry]));
  const movers = findMovers(existing, wanted);
  const taken = new Set<StartListEntry>();
  const pairs: Pairing['pairs'] = [];
  let open = wanted;
  const pairBy = (find: (after: WantedFields) => StartListEntry | undefined) => {
    open = open.filter((after) => {
      const before = find(after);
      if (!before || taken.has(before)) return true;
      taken.add(before);
      pairs.push({ before, after: completed(after, before) });
      return false;
    });
  };
  pairBy((after) => {
    const entry = bySlot.get(keyOf(after));
    return entry?.nameSearch === after.nameSearch ? entry : undefined;
  });
  pairBy((after) => movers.get(after));
  pairBy((after) => bySlot.get(keyOf(after)));
  return { pairs, alone: open, left: existing.filter((entry) => !taken.has(entry)) };
}

/** The entry of each person who is in both lists once. A file of another race alone says nothing of the race it leaves out. */
function findMovers(existing: StartListEntry[], wanted: WantedFields[]): Map<WantedFields, StartListEntry> {
  const before = onceByName(existing);
  const races = new Set(wanted.map(({ raceId }) => raceId));
  const movers = new Map<WantedFields, StartListEntry>();
  for (const [name, after] of onceByName(wanted)) {
    const entry = before.get(name);
    if (!entry || !after) continue;
    const isSameAge =
      entry.birthYear === null || after.birthYear === null || entry.birthYear === after.birthYear;
    if (isSameAge && (entry.bib === after.bib || races.has(entry.raceId))) movers.set(after, entry);
  }
  return movers;
}

/** Namesakes cannot be told apart: their name holds null. */
function onceByName<Entry extends WantedFields>(entries: Entry[]): Map<string, Entry | null> {
  const found = new Map<string, Entry | null>();
  for (const entry of entries) {
    if (entry.nameSearch !== '') found.set(entry.nameSearch, found.has(entry.nameSearch) ? null : entry);
  }
  return found;
}

/** A file without ages does not make adults of the minors that an earlier one told of, and one without consents forgets none. */
function completed(after: WantedFields, before: StartListEntry | null): EntryFields {
  const known = before !== null && shareName(before, after) ? before : null;
  const kept = (field: keyof Consents) => after[field] ?? known?.[field] ?? null;
  return {
    ...after,
    isMinor: after.isMinor ?? known?.isMinor ?? false,
    photoConsent: kept('photoConsent'),
    faceConsent: kept('faceConsent'),
    photoOptOut: kept('photoOptOut'),
  };
}

/** True when they have a word of their names in common: one whose name is written better is no other person. */
function shareName(before: StartListEntry, after: WantedFields): boolean {
  if (before.nameSearch === after.nameSearch) return true;
  const words = new Set(normaliseName(before.nameSearch).split(' '));
  return after.nameSearch.split(' ').some((word) => word !== '' && words.has(word));
}

function keyOf(entry: { raceId: string | null; bib: string }): string {
  return `${entry.raceId ?? ''}/${entry.bib}`;
}
