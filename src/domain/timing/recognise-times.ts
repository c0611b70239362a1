import { normaliseName } from './normalise-name.ts';
import type { RawPoint } from './passage.ts';
import { cleanText } from './read-cells.ts';
import type { TableRow } from './read-table.ts';
import { readDayAndTime, readTimeText } from './read-time.ts';
import { recogniseColumns } from './recognise-columns.ts';

/** What the times of a column count from: midnight, the gun, or the runner's own start line. */
export type TimesBy = 'clock' | 'gun' | 'own-start';

export interface TimeColumn {
  index: number;
  by: TimesBy;
  point: RawPoint;
}

export interface TimingColumns {
  bib: number;
  race: number | null;
  /** Of a table with one row per passage: the checkpoint's name, and a day that stands apart from the time. */
  point: number | null;
  day: number | null;
  times: TimeColumn[];
  headings: string[];
  /** Where the rows begin, under the headings. */
  firstRow: number;
}

const words = (text: string) => new Set(text.split('|'));
const POINT = words(
  'point|poste|checkpoint|check point|control|controle|split|timing point|timingpoint|point de passage|lieu|borne|cp|punkt|punto|detector|location|place de passage',
);
const DAY = words('date|jour|day|datum|data|race date');
const CLOCK =
  /\b(?:heure|heures|hour|clock|time of day|timeofday|tod|horaire|instant|timestamp|datetime|date heure|uhrzeit|ora|passage|heure passage|read time)\b/u;
const GUN =
  /^(?:tpsgun|tps gun|gun|gun time|guntime|temps gun|temps officiel|tps officiel|official time|temps|tps|time|chrono|temps final|temps course|finish time|finish|zeit|bruttozeit|tempo|result|resultat|temps scratch|race time)$/u;
const OWN_START =
  /^(?:tpsnet|tps net|net|net time|temps net|chip time|chiptime|temps reel|tps reel|temps puce|nettozeit|real time)$/u;
const TIME_WORDS =
  /^(?:heure|heures|temps|time|clock|uhrzeit|ora|passage)(?: (?:de|of) (?:passage|day))?(?: (?:à|au|aux|en|at))? /iu;
const FINISH = /\b(?:arrivee|arrive|finish|finisher|ziel|arrivo|final|goal)\b/u;
const START = /\b(?:depart|start|partenza)\b/u;
const SAMPLE_ROWS = 200;
/** A column of names may hold one cell that looks like a time; one of times may hold words for those who gave up. */
const LEAST_TIMES_SHARE = 0.5;

/**
 * What each column of a table of times holds. `gunMs` (ms since midnight of the first gun) tells, where no heading does,
 * times of day from durations: no runner passes before the gun. Null when no column is a bib or none holds times.
 */
export function recogniseTimes(rows: TableRow[], gunMs: number): TimingColumns | null {
  const { headingIndex, headings, mapping } = recogniseColumns(rows);
  const bib = mapping.indexOf('bib');
  if (headingIndex === null || bib < 0) return null;
  const firstRow = headingIndex + 1;
  const names = headings.map((heading) => normaliseName(heading));
  const find = (known: ReadonlySet<string>) => {
    const index = names.findIndex((name) => known.has(name));
    return index < 0 ? null : index;
  };
  const sample = rows.slice(firstRow, firstRow + SAMPLE_ROWS);
  const point = find(POINT);
  const day = find(DAY);
  const race = mapping.indexOf('race');
  const taken = new Set([bib, race, point, day]);
  const holdsTimes = names.flatMap((name, index) =>
    !taken.has(index) && mapping[index] !== 'birth' && isOfTimes(sample, index) && name !== '' ? [index] : [],
  );
  const times = holdsTimes.map((index) =>
    describeColumn(names[index] ?? '', headings[index] ?? '', { index, sample, gunMs, long: point !== null }),
  );
  if (times.length === 0) return null;
  return {
    bib,
    race: race < 0 ? null : race,
    point,
    day,
    times: point === null ? times : times.slice(0, 1),
    headings,
    firstRow,
  };
}

interface ColumnPlace {
  index: number;
  sample: TableRow[];
  gunMs: number;
  /** One row per passage. */
  long: boolean;
}

function describeColumn(name: string, heading: string, place: ColumnPlace): TimeColumn {
  const { index } = place;
  const by = timesBy(name, place);
  const isResult = GUN.test(name) || OWN_START.test(name) || FINISH.test(name);
  if (isResult) return { index, by, point: { name: null, role: 'finish', distanceMeters: null } };
  if (START.test(name)) return { index, by, point: { name: null, role: 'start', distanceMeters: 0 } };
  return { index, by, point: { name: nameOfPlace(heading), role: 'split', distanceMeters: null } };
}

/** 'Heure de passage Col du Loup' names the Col du Loup. */
function nameOfPlace(heading: string): string {
  const whole = cleanText(heading);
  return (whole.replace(TIME_WORDS, '').trim() || whole).slice(0, 80);
}

function timesBy(name: string, { index, sample, gunMs, long }: ColumnPlace): TimesBy {
  if (OWN_START.test(name)) return 'own-start';
  if (CLOCK.test(name)) return 'clock';
  // Of one passage a 'time' is as often one of day.
  return GUN.test(name) && !long ? 'gun' : guessFrom(sample, index, gunMs);
}

function guessFrom(sample: TableRow[], index: number, gunMs: number): TimesBy {
  const read = sample.flatMap(({ cells }) => {
    const cell = cells[index] ?? '';
    if (readDayAndTime(cell)) return [Number.POSITIVE_INFINITY];
    return readTimeText(cell)?.ms ?? [];
  });
  const toleranceMs = 600_000;
  return Math.min(...read) >= gunMs - toleranceMs ? 'clock' : 'gun';
}

function isOfTimes(sample: TableRow[], index: number): boolean {
  const filled = sample.map(({ cells }) => (cells[index] ?? '').trim()).filter((cell) => cell !== '');
  const times = filled.filter((cell) => readTimeText(cell) !== null || readDayAndTime(cell) !== null);
  return filled.length > 0 && times.length >= filled.length * LEAST_TIMES_SHARE;
}
