import { DomainError } from '#platform/errors.ts';
import { normaliseName } from './normalise-name.ts';
import type { RawPoint, RawRunner, RawTime, RawTiming, TimingFormat } from './passage.ts';
import { cleanText, readBib } from './read-cells.ts';
import type { TableRow } from './read-table.ts';
import { readDayAndTime, readTimeText } from './read-time.ts';
import { recogniseTimes, type TimeColumn, type TimesBy, type TimingColumns } from './recognise-times.ts';
import type { RowIssue } from './start-list.ts';

/**
 * A table of times: results (Elogica, LiveTrail, any with a bib and a time), one column per checkpoint, or one row per
 * passage. Durations count from the gun of the race; net ones say nothing of the instant and are left out with a remark.
 * Throws bad-input when no column holds bibs or none holds times.
 */
export function readTimesTable(
  rows: TableRow[],
  options: { gunMs: number; format?: TimingFormat },
): RawTiming {
  const columns = recogniseTimes(rows, options.gunMs);
  if (!columns) throw new DomainError('bad-input', { public: { key: 'timing.fileWithoutTimes' } });
  const issues: RowIssue[] = [];
  const used = columns.times.filter(({ by }) => by !== 'own-start');
  if (used.length === 0) throw new DomainError('bad-input', { public: { key: 'timing.onlyNetTimes' } });
  const points: RawPoint[] = [];
  const runners = rows
    .slice(columns.firstRow)
    .flatMap((row) => readRow(row, { columns, used, points, issues }) ?? []);
  return {
    format: options.format ?? formatOf(columns.headings),
    points,
    guns: new Map(),
    runners,
    issues,
    unknown: columns.times
      .filter(({ by }) => by === 'own-start')
      .map(({ index }) => columns.headings[index] ?? ''),
  };
}

function formatOf(headings: string[]): TimingFormat {
  const names = new Set(headings.map((heading) => normaliseName(heading)));
  if (names.has('tpsgun') || names.has('clsscr')) return 'elogica';
  return names.has('clt') && names.has('temps') && names.has('pays') ? 'livetrail' : 'table';
}

interface Reading {
  columns: TimingColumns;
  used: TimeColumn[];
  points: RawPoint[];
  issues: RowIssue[];
}

function readRow(row: TableRow, { columns, used, points, issues }: Reading): RawRunner | null {
  const cell = (index: number | null) => (index === null ? '' : cleanText(row.cells[index] ?? ''));
  const bib = readBib(cell(columns.bib));
  if (bib === null) {
    const text = cell(columns.bib);
    const values = { bib: text.slice(0, 30) };
    const key = text === '' ? 'bibMissing' : 'bibInvalid';
    issues.push({
      severity: 'error',
      line: row.line,
      column: columns.headings[columns.bib] ?? null,
      key,
      values,
    });
    return null;
  }
  const times: RawRunner['times'] = [];
  for (const column of used) {
    const text = cell(column.index);
    const time = readCell(text, cell(columns.day), column.by);
    if (time)
      times.push({ point: indexOfPoint(points, pointOf(column, cell(columns.point), columns)), time });
    else if (/\d/u.test(text)) {
      const values = { text: text.slice(0, 30) };
      const heading = columns.headings[column.index] ?? null;
      issues.push({ severity: 'error', line: row.line, column: heading, key: 'timeUnreadable', values });
    }
  }
  return { line: row.line, bib, race: cell(columns.race) || null, times };
}

function pointOf(column: TimeColumn, written: string, columns: TimingColumns): RawPoint {
  if (columns.point === null) return column.point;
  const role = roleOf(written);
  return { name: role === 'split' ? written.slice(0, 80) || '?' : null, role, distanceMeters: null };
}

/** The words by which files name the two ends of a course. */
export function roleOf(name: string): RawPoint['role'] {
  const plain = normaliseName(name);
  if (/^(?:arrivee|finish|ziel|arrivo|fin|end|final)(?: |$)/u.test(plain)) return 'finish';
  return /^(?:depart|start|partenza)(?: |$)/u.test(plain) ? 'start' : 'split';
}

function indexOfPoint(points: RawPoint[], point: RawPoint): number {
  const known = points.findIndex(({ name, role }) => name === point.name && role === point.role);
  return known >= 0 ? known : points.push(point) - 1;
}

function readCell(text: string, day: string, by: TimesBy): RawTime | null {
  const whole = readDayAndTime(text) ?? (day === '' ? null : readDayAndTime(`${day} ${text}`));
  if (whole && 'at' in whole) return { by: 'instant', kind: 'chip', ...whole };
  if (whole) return { by: 'local', kind: 'chip', ...whole };
  const read = readTimeText(text);
  if (!read) return null;
  return by === 'clock' ? { by: 'clock', kind: 'chip', ...read } : { by: 'duration', kind: 'gun', ...read };
}
