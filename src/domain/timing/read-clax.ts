import { SaxesParser } from 'saxes';
import { DomainError } from '#platform/errors.ts';
import type { RawPoint, RawRunner, RawTime, RawTiming } from './passage.ts';
import { cleanText, readBib } from './read-cells.ts';
import { readDayAndTime, readWiclaxTime } from './read-time.ts';
import type { RowIssue } from './start-list.ts';

type Attributes = Record<string, string>;
type Element = { line: number; attributes: Attributes };

/** The elements that say something here; every other one is passed over. */
const ELEMENTS = ['Epreuve', 'E', 'R', 'Pointage', 'H', 'Pcs'] as const;
type ElementName = (typeof ELEMENTS)[number];

const KNOWN_RESULT_FIELDS = /^(?:d|t|re|b|p\d+|pb\d+|m|g|hd|i|cl|id|np)$/u;
const KNOWN_RUNNER_FIELDS = /^(?:d|n|x|a|ca|c|p|na|h|np|i|id|l|e|ip\d*|f|tl|o|v|cp|r|s|t)$/u;
const RACE_OF_GUN = /Parcours\s*=\s*'([^']*)'/u;

/**
 * A Wiclax race file: XML with the runners (`E`), their results (`R`), the checkpoints (`Pointage`) and the guns (`H`).
 * Times of day (`b` at the finish, `pbN` at the checkpoints) are read; the durations beside them (`pN`, `t`) only help
 * to find the day, since the official time is a rounded net one. Throws bad-input for XML that is not well formed.
 */
export function readClax(text: string): RawTiming {
  const elements = readElements(text);
  if (elements.Epreuve.length === 0 || elements.R.length + elements.E.length === 0) {
    throw new DomainError('bad-input', { public: { key: 'timing.claxWithoutResults' } });
  }
  const points = pointsOf(elements.Pointage);
  const runners = new Map(elements.E.map((element) => [element.attributes.d ?? '', element]));
  const issues: RowIssue[] = [];
  const read = elements.R.flatMap((result) => readResult(result, runners, points, issues) ?? []);
  const withResult = new Set(elements.R.map(({ attributes }) => attributes.d));
  const started = elements.E.filter(({ attributes }) => attributes.h && !withResult.has(attributes.d ?? ''));
  return {
    format: 'clax',
    points: points.all,
    guns: gunsOf(elements.H, elements.Pcs),
    runners: [...read, ...started.flatMap((runner) => readStarter(runner, issues) ?? [])],
    issues,
    unknown: unknownFields(elements),
  };
}

function readElements(text: string): Record<ElementName, Element[]> {
  const found: Record<ElementName, Element[]> = { Epreuve: [], E: [], R: [], Pointage: [], H: [], Pcs: [] };
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const known = ELEMENTS.find((element) => element === name);
    if (known) found[known].push({ line: parser.line, attributes });
  });
  parser.on('error', (error) => {
    throw new DomainError('bad-input', {
      public: { key: 'timing.claxUnreadable', values: { line: parser.line } },
      cause: error,
    });
  });
  parser.write(text.replace(/^\uFEFF/u, '')).close();
  return found;
}

const START = 0;
const FINISH = 1;

interface ClaxPoints {
  all: RawPoint[];
  /** Index in `all` of the checkpoint that `pbN` of a race belongs to. */
  indexOf(race: string | null, column: number): number;
}

/** `pbN` is the N-th checkpoint of the runner's race, from 0; a checkpoint without a race belongs to all. */
function pointsOf(pointages: Element[]): ClaxPoints {
  const all: RawPoint[] = [
    { name: null, role: 'start', distanceMeters: 0 },
    { name: null, role: 'finish', distanceMeters: null },
  ];
  const listed = pointages.map(({ attributes }, index) => {
    const distance = Number((attributes.dist ?? '').replace(',', '.'));
    const name = cleanText(attributes.nom ?? '') || null;
    const position = indexOfPoint(all, {
      name: name ?? `P${index + 1}`,
      role: 'split',
      distanceMeters: attributes.dist && Number.isFinite(distance) ? Math.round(distance) : null,
    });
    return { race: attributes.pcs?.trim() || null, position };
  });
  return {
    all,
    indexOf: (race, column) => {
      const own = listed.filter((point) => point.race === null || point.race === race);
      return (
        own[column]?.position ??
        indexOfPoint(all, { name: `P${column + 1}`, role: 'split', distanceMeters: null })
      );
    },
  };
}

function indexOfPoint(all: RawPoint[], point: RawPoint): number {
  const known = all.findIndex(({ name }) => name === point.name);
  return known >= 0 ? known : all.push(point) - 1;
}

function readResult(
  { line, attributes }: Element,
  runners: Map<string, Element>,
  points: ClaxPoints,
  issues: RowIssue[],
): RawRunner | null {
  const runner = runners.get(attributes.d ?? '')?.attributes;
  const bib = readBib(attributes.d ?? '');
  if (bib === null)
    return refuse(issues, line, 'd', attributes.d ? 'bibInvalid' : 'bibMissing', attributes.d);
  const race = cleanText(runner?.p ?? '') || null;
  const times: RawRunner['times'] = startOf(runner);
  for (const column of splitColumns(attributes)) {
    const written = attributes[`pb${column}`] ?? '';
    const time = readClock(written, attributes[`p${column}`]);
    if (time) times.push({ point: points.indexOf(race, column), time });
    else if (written.trim() !== '') refuse(issues, line, `pb${column}`, 'timeUnreadable', written);
  }
  const finish = readClock(attributes.b ?? '', attributes.re);
  if (finish) times.push({ point: FINISH, time: finish });
  else if (attributes.b?.trim()) refuse(issues, line, 'b', 'timeUnreadable', attributes.b);
  return { line, bib, race, times };
}

function readStarter({ line, attributes }: Element, issues: RowIssue[]): RawRunner | null {
  const bib = readBib(attributes.d ?? '');
  if (bib === null)
    return refuse(issues, line, 'd', attributes.d ? 'bibInvalid' : 'bibMissing', attributes.d);
  return { line, bib, race: cleanText(attributes.p ?? '') || null, times: startOf(attributes) };
}

/** The own start of a runner who did not stay away. */
function startOf(runner: Attributes | undefined): RawRunner['times'] {
  if (!runner?.h || runner.np === '1') return [];
  const time = readClock(runner.h, "0h00'00");
  return time ? [{ point: START, time }] : [];
}

function splitColumns(attributes: Attributes): number[] {
  return Object.keys(attributes)
    .flatMap((name) => /^pb(\d{1,3})$/u.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function readClock(clock: string, sinceStart: string | undefined): RawTime | null {
  const read = readWiclaxTime(clock);
  if (!read) return null;
  const expected = readWiclaxTime(sinceStart ?? '');
  return { by: 'clock', kind: 'chip', ...read, ...(expected && { expectedMs: expected.ms }) };
}

/** A gun with a filter starts the race that it names, one without starts all. */
function gunsOf(handicaps: Element[], courses: Element[]): Map<string, string> {
  const guns = new Map<string, string>();
  for (const { attributes } of handicaps) {
    const read = readDayAndTime(attributes.sdateheure ?? '');
    if (!read || !('local' in read)) continue;
    const named = RACE_OF_GUN.exec(attributes.filtre ?? '')?.[1];
    const races = named !== undefined ? [named] : courses.map((course) => course.attributes.nom ?? '');
    for (const race of races.map(cleanText)) if (race && !guns.has(race)) guns.set(race, read.local);
  }
  return guns;
}

function unknownFields({ E, R }: Record<ElementName, Element[]>): string[] {
  const names = new Set<string>();
  const collect = (elements: Element[], element: string, known: RegExp) => {
    for (const { attributes } of elements) {
      for (const name of Object.keys(attributes)) if (!known.test(name)) names.add(`${element}/${name}`);
    }
  };
  collect(E, 'E', KNOWN_RUNNER_FIELDS);
  collect(R, 'R', KNOWN_RESULT_FIELDS);
  return [...names].sort();
}

function refuse(issues: RowIssue[], line: number, column: string, key: string, text?: string): null {
  const values = text === undefined ? {} : { values: { text: text.slice(0, 30), bib: text.slice(0, 30) } };
  issues.push({ severity: 'error', line, column, key, ...values });
  return null;
}
