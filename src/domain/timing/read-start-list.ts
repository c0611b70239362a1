import { DomainError } from '#platform/errors.ts';
import {
  cleanText,
  isMinorCategory,
  isMinorOn,
  isNameTooLong,
  readBib,
  readBirth,
  readConsent,
  readGender,
  readRefusal,
  splitFullName,
} from './read-cells.ts';
import { type ReadRows, readRows } from './read-rows.ts';
import type { TableRow } from './read-table.ts';
import { recogniseColumns } from './recognise-columns.ts';
import type {
  ColumnMapping,
  Consents,
  ListProfile,
  ReadRunner,
  RowIssue,
  StartListField,
} from './start-list.ts';

export interface StartListFile {
  encoding: ReadRows['encoding'];
  headings: string[];
  mapping: ColumnMapping;
  /** What the headings alone say. */
  recognised: ColumnMapping;
  /** The first rows as they are, under the headings. */
  sample: TableRow[];
  /** Runners, rows that are wrong left out. */
  runners: ReadRunner[];
  issues: RowIssue[];
  /** Rows under the headings. */
  rowCount: number;
}

export interface RaceDay {
  year: number;
  month: number;
  day: number;
}

const SAMPLE_ROWS = 6;
/** Of a race's name, as an event keeps it. */
const RACE_NAME_MAX = 80;

interface ReadOptions {
  profile?: ListProfile | undefined;
  /** What a person said that the columns under these headings hold; null when nobody did. */
  choose?(headings: string[]): ColumnMapping | null | Promise<ColumnMapping | null>;
}

/** Reads a start list: bytes in, runners and remarks out. Throws bad-input for a file that is no table of runners. */
export async function readStartList(
  bytes: Buffer,
  raceDay: RaceDay,
  { profile, choose }: ReadOptions = {},
): Promise<StartListFile> {
  const { rows, encoding } = await readRows(bytes, profile);
  const columns = recogniseColumns(rows);
  const body = rows.slice(columns.headingIndex === null ? 0 : columns.headingIndex + 1);
  if (body.length === 0) throw new DomainError('bad-input', { public: { key: 'timing.fileWithoutRunners' } });
  const chosen = await choose?.(columns.headings);
  const mapping = chosen ? columns.headings.map((_, index) => chosen[index] ?? null) : columns.mapping;
  const { runners, issues } = readRunners(body, columns.headings, mapping, raceDay);
  return {
    encoding,
    headings: columns.headings,
    mapping,
    recognised: columns.mapping,
    sample: body.slice(0, SAMPLE_ROWS),
    runners,
    issues,
    rowCount: body.length,
  };
}

function readRunners(
  rows: TableRow[],
  headings: string[],
  mapping: ColumnMapping,
  raceDay: RaceDay,
): { runners: ReadRunner[]; issues: RowIssue[] } {
  const runners: ReadRunner[] = [];
  const issues: RowIssue[] = [];
  if (!mapping.includes('bib')) return { runners, issues };
  for (const row of rows) {
    const runner = readRunner(openRow(row, headings, mapping, issues), raceDay);
    if (runner) runners.push(runner);
  }
  return { runners, issues };
}

function readRunner(row: RowReader, raceDay: RaceDay): ReadRunner | null {
  if (!row.hasRightShape()) return null;
  const bibText = row.text('bib');
  const bib = readBib(bibText);
  if (bib === null) {
    if (bibText === '') row.say('error', 'bib', 'bibMissing');
    else row.say('error', 'bib', 'bibInvalid', { bib: bibText.slice(0, 30) });
    return null;
  }
  const name = readName(row);
  if (name === null) return null;
  const category = row.optional('category');
  const birth = readBirthOf(row, raceDay);
  return {
    line: row.line,
    bib,
    ...name,
    gender: readGender(row.text('gender')),
    category,
    club: row.optional('club'),
    raceName: row.optional('race')?.slice(0, RACE_NAME_MAX).toWellFormed().trim() ?? null,
    birthYear: birth?.year ?? null,
    isMinor: birth ? isMinorOn(birth, raceDay) : category !== null && isMinorCategory(category) ? true : null,
    ...readConsents(row),
  };
}

/** Who writes into a column of refusals means one, in whatever words; no consent is read into unknown ones. */
function readConsents(row: RowReader): Consents {
  const say = (field: StartListField, key: string) =>
    row.say('warning', field, key, { text: row.text(field).slice(0, 30) });
  const consent = (field: 'photoConsent' | 'faceConsent') => {
    const said = readConsent(row.text(field));
    if (said === null && row.text(field) !== '') say(field, 'consentUnreadable');
    return said;
  };
  const refusal = readRefusal(row.text('photoOptOut'));
  const isUnclear = refusal === null && row.text('photoOptOut') !== '';
  if (isUnclear) say('photoOptOut', 'refusalAssumed');
  return {
    photoConsent: consent('photoConsent'),
    faceConsent: consent('faceConsent'),
    photoOptOut: isUnclear ? true : refusal,
  };
}

function readName(row: RowReader): { firstName: string; lastName: string } | null {
  const whole = row.text('fullName');
  const parts = whole === '' ? { firstName: '', lastName: '' } : splitFullName(whole);
  const firstName = row.text('firstName') || parts.firstName;
  const lastName = row.text('lastName') || parts.lastName;
  if (!isNameTooLong(firstName) && !isNameTooLong(lastName)) return { firstName, lastName };
  row.say('error', whole === '' ? 'lastName' : 'fullName', 'nameTooLong');
  return null;
}

function readBirthOf(row: RowReader, raceDay: RaceDay) {
  const text = row.text('birth');
  if (text === '') return null;
  const birth = readBirth(text, raceDay.year);
  if (!birth) row.say('warning', 'birth', 'birthUnreadable', { text: text.slice(0, 30) });
  return birth;
}

const OPTIONAL_MAX = 120;
const NEEDED: readonly StartListField[] = ['bib', 'firstName', 'lastName', 'fullName'];

type RowReader = ReturnType<typeof openRow>;

/** One row by the names of its columns, with a pen for remarks. */
function openRow(row: TableRow, headings: string[], mapping: ColumnMapping, issues: RowIssue[]) {
  const say = (severity: RowIssue['severity'], column: number, key: string, values?: RowIssue['values']) => {
    const heading = column < 0 ? null : (headings[column] ?? String(column + 1));
    issues.push({ severity, line: row.line, column: heading, key, ...(values ? { values } : {}) });
  };
  const text = (field: StartListField): string => {
    const index = mapping.indexOf(field);
    return index < 0 ? '' : cleanText(row.cells[index] ?? '');
  };
  return {
    line: row.line,
    text,
    // A sign cut in two is none that a database takes.
    optional: (field: StartListField): string | null =>
      text(field).slice(0, OPTIONAL_MAX).toWellFormed() || null,
    say: (severity: RowIssue['severity'], field: StartListField, key: string, values?: RowIssue['values']) =>
      say(severity, mapping.indexOf(field), key, values),
    /** False, with a remark, for a row that has not the columns of the headings or that holds control characters. */
    hasRightShape: (): boolean => {
      const wrong = findWrongCell(row.cells, headings, mapping);
      if (wrong) say('error', wrong.column, wrong.key);
      return wrong === null;
    },
  };
}

function findWrongCell(
  cells: string[],
  headings: string[],
  mapping: ColumnMapping,
): { column: number; key: string } | null {
  const control = cells.findIndex(hasControlCharacter);
  if (control >= 0) return { column: control, key: 'controlCharacter' };
  const extra = cells.findIndex((cell, index) => index >= headings.length && cell.trim() !== '');
  if (extra >= 0) return { column: extra, key: 'tooManyCells' };
  const lastNeeded = mapping.findLastIndex((field) => field !== null && NEEDED.includes(field));
  return cells.length > lastNeeded ? null : { column: cells.length, key: 'tooFewCells' };
}

function hasControlCharacter(cell: string): boolean {
  for (let index = 0; index < cell.length; index += 1) {
    const code = cell.charCodeAt(index);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}
