import { z } from 'zod';

/** What a column of a start list may hold. Other columns (e-mail, licence, telephone) are never read. */
export const START_LIST_FIELDS = [
  'bib',
  'lastName',
  'firstName',
  'fullName',
  'gender',
  'category',
  'club',
  'race',
  'birth',
  'photoConsent',
  'faceConsent',
  'photoOptOut',
] as const;

export type StartListField = (typeof START_LIST_FIELDS)[number];

/** A tool whose files are always written the same way; without one, encoding and separator are found out. */
export const LIST_PROFILES = ['kms'] as const;

export type ListProfile = (typeof LIST_PROFILES)[number];

/** What each column holds, by position; null for a column that is left out. */
export type ColumnMapping = (StartListField | null)[];

/** Below what a server action may carry, so that the refusal is ours to word. */
export const MAX_FILE_BYTES = 7 * 1024 * 1024;
export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 200;
export const MAX_RECORD_BYTES = 64 * 1024;

export const mappingSchema = z
  .array(z.enum(START_LIST_FIELDS).nullable())
  .max(MAX_COLUMNS)
  .refine((mapping) => {
    const used = mapping.filter((field) => field !== null);
    return new Set(used).size === used.length;
  }, 'timing.fieldTwice');

/** One thing to say about one row. A row with an error is left out; with a warning it is imported. */
export interface RowIssue {
  severity: 'error' | 'warning';
  /** As a text editor counts them, from 1. */
  line: number;
  /** The heading of the column, or its number; null when it is about the whole row. */
  column: string | null;
  /** A key of `errors.timing`. */
  key: string;
  values?: Record<string, string | number>;
}

/** What a row of a file says of one runner. */
export interface ReadRunner {
  line: number;
  bib: string;
  firstName: string;
  lastName: string;
  gender: 'F' | 'M' | 'X' | null;
  category: string | null;
  club: string | null;
  raceName: string | null;
  birthYear: number | null;
  /** Null when nothing in the row tells. */
  isMinor: boolean | null;
  /** What the runner said of photos; null when nothing in the row tells. */
  photoConsent: boolean | null;
  faceConsent: boolean | null;
  photoOptOut: boolean | null;
}

/** The consents of an entry, as far as lists told. */
export type Consents = Pick<ReadRunner, 'photoConsent' | 'faceConsent' | 'photoOptOut'>;

export interface Runner {
  entryId: string;
  bib: string;
  firstName: string;
  lastName: string;
  raceId: string | null;
  raceName: string | null;
  raceColour: string | null;
  category: string | null;
  club: string | null;
  isMinor: boolean;
}

/** What the organiser sees of a runner beyond what visitors do. */
export interface ListedRunner extends Runner, Consents {
  /** The bibs worn before, oldest first. */
  formerBibs: string[];
}
