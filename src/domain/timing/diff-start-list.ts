import { nameSearchText, normaliseName } from './normalise-name.ts';
import type { ReadRunner } from './start-list.ts';
import type { startListEntries } from './tables.ts';

export type StartListEntry = typeof startListEntries.$inferSelect;

/** What an entry says of its runner: the columns that a re-import may change. */
export type EntryFields = Pick<
  StartListEntry,
  | 'raceId'
  | 'bib'
  | 'firstName'
  | 'lastName'
  | 'nameSearch'
  | 'gender'
  | 'category'
  | 'club'
  | 'birthYear'
  | 'isMinor'
>;

/** What a file says of a runner: whether they are a minor may be left open. */
export type WantedFields = Omit<EntryFields, 'isMinor'> & { isMinor: boolean | null };

export interface StartListDiff {
  added: EntryFields[];
  changed: { id: string; before: StartListEntry; after: EntryFields }[];
  /** In the event and not in the file. */
  missing: StartListEntry[];
  unchanged: number;
  /** People who keep their name and get another bib. */
  swapped: { name: string; from: string; to: string }[];
}

/** What an import would do. Pure. An entry is its race and its bib; one that only changes race stays the same entry. */
export function diffStartList(existing: StartListEntry[], wanted: WantedFields[]): StartListDiff {
  const open = new Map(existing.map((entry) => [keyOf(entry), entry]));
  const pairs: { before: StartListEntry; after: EntryFields }[] = [];
  const unmatched: WantedFields[] = [];
  for (const after of wanted) {
    const before = open.get(keyOf(after));
    if (before) pairs.push({ before, after: completed(after, before) });
    else unmatched.push(after);
    open.delete(keyOf(after));
  }
  const byPerson = new Map([...open.values()].map((entry) => [personAndBib(entry), entry]));
  const added: EntryFields[] = [];
  for (const after of unmatched) {
    const before = byPerson.get(personAndBib(after));
    if (!before) {
      added.push(completed(after, null));
      continue;
    }
    pairs.push({ before, after: completed(after, before) });
    byPerson.delete(personAndBib(after));
    open.delete(keyOf(before));
  }
  const changed = pairs
    .filter(({ before, after }) => differs(before, after))
    .map(({ before, after }) => ({ id: before.id, before, after }));
  return {
    added,
    changed,
    missing: [...open.values()],
    unchanged: pairs.length - changed.length,
    swapped: findSwaps(existing, wanted),
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
  };
}

/** A file without ages does not make adults of the minors that an earlier one told of. */
function completed(after: WantedFields, before: StartListEntry | null): EntryFields {
  const samePerson = before !== null && before.nameSearch === after.nameSearch;
  return { ...after, isMinor: after.isMinor ?? (samePerson ? before.isMinor : false) };
}

export function keyOf(entry: { raceId: string | null; bib: string }): string {
  return `${entry.raceId ?? ''}/${entry.bib}`;
}

function personAndBib(entry: { bib: string; nameSearch: string }): string {
  return `${entry.bib}/${entry.nameSearch}`;
}

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
] as const;

function differs(before: StartListEntry, after: EntryFields): boolean {
  return COMPARED.some((field) => before[field] !== after[field]);
}

function findSwaps(existing: StartListEntry[], wanted: WantedFields[]): StartListDiff['swapped'] {
  const before = bibByPerson(existing);
  const after = bibByPerson(wanted);
  const swapped: StartListDiff['swapped'] = [];
  for (const [person, entry] of after) {
    const old = before.get(person);
    if (!entry || !old || old.bib === entry.bib) continue;
    swapped.push({ name: `${entry.firstName} ${entry.lastName}`.trim(), from: old.bib, to: entry.bib });
  }
  return swapped;
}

/** Namesakes cannot be told apart: their key holds null. */
function bibByPerson<Entry extends WantedFields>(entries: Entry[]): Map<string, Entry | null> {
  const found = new Map<string, Entry | null>();
  for (const entry of entries) {
    const name = normaliseName(`${entry.firstName} ${entry.lastName}`);
    if (name === '') continue;
    const person = `${name}/${entry.birthYear ?? ''}`;
    found.set(person, found.has(person) ? null : entry);
  }
  return found;
}
