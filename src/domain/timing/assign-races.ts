import type { Race } from '#domain/events/event.ts';
import { entryFields, type WantedFields } from './diff-start-list.ts';
import { normaliseName } from './normalise-name.ts';
import type { ReadRunner, RowIssue } from './start-list.ts';

export interface AssignedRaces {
  issues: RowIssue[];
  /** As written in the file, each once. */
  newRaces: string[];
  resolve(raceIdOf: (name: string) => string | null): WantedFields[];
}

/** Gives every runner a race: by the name in the file, else by the bib ranges, else the only race there is.
 *  A second runner with the same race and bib is left out with a remark. Pure. */
export function assignRaces(runners: ReadRunner[], races: Race[]): AssignedRaces {
  const newRaces = new Map<string, string>();
  const firstLine = new Map<string, number>();
  const issues: RowIssue[] = [];
  const kept: { runner: ReadRunner; race: { id: string | null } | { name: string } }[] = [];
  for (const runner of runners) {
    const known = findRace(runner, races);
    const name = runner.raceName;
    const plainName = name === null ? '' : normaliseName(name);
    if (known === 'unknown' && name !== null && !newRaces.has(plainName)) newRaces.set(plainName, name);
    const race = known === 'unknown' ? { name: newRaces.get(plainName) ?? '' } : { id: known };
    const key = `${'id' in race ? race.id : `new ${race.name}`}/${runner.bib}`;
    const first = firstLine.get(key);
    if (first !== undefined) {
      issues.push({
        severity: 'error',
        line: runner.line,
        column: null,
        key: 'bibTwice',
        values: { bib: runner.bib, line: first },
      });
      continue;
    }
    firstLine.set(key, runner.line);
    kept.push({ runner, race });
  }
  return {
    issues,
    newRaces: [...newRaces.values()],
    resolve: (raceIdOf) =>
      kept.map(({ runner, race }) => entryFields(runner, 'id' in race ? race.id : raceIdOf(race.name))),
  };
}

/** The race's id, null for none, 'unknown' for a name that the event has not. */
function findRace(runner: ReadRunner, races: Race[]): string | null | 'unknown' {
  if (runner.raceName !== null) {
    const byName = findRaceByName(runner.raceName, races);
    return byName ? byName.id : 'unknown';
  }
  const byRange = races.filter((race) => isInRanges(runner.bib, race));
  if (byRange.length === 1) return byRange[0]?.id ?? null;
  return races.length === 1 ? (races[0]?.id ?? null) : null;
}

/** The race of that name, or the only one of that distance. */
export function findRaceByName(name: string, races: Race[]): Race | undefined {
  const plain = normaliseName(name);
  const same = races.find((race) => normaliseName(race.name) === plain);
  if (same) return same;
  const meters = readMeters(name);
  const byDistance = meters === null ? [] : races.filter((race) => race.distanceMeters === meters);
  return byDistance.length === 1 ? byDistance[0] : undefined;
}

/** '10 km', '21,1', '5000 m' alone in the cell; a number without unit is kilometres below 500. */
function readMeters(text: string): number | null {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(km|k|m)?\s*$/iu.exec(text);
  if (!found) return null;
  const number = Number(found[1]?.replace(',', '.'));
  const unit = found[2]?.toLowerCase() ?? (number < 500 ? 'km' : 'm');
  return Math.round(unit === 'm' ? number : number * 1000);
}

export function isInRanges(bib: string, race: Pick<Race, 'bibRanges'>): boolean {
  return race.bibRanges.some(({ prefix, first, last }) => {
    if (!bib.startsWith(prefix.toUpperCase())) return false;
    const digits = bib.slice(prefix.length);
    return /^\d+$/u.test(digits) && Number(digits) >= first && Number(digits) <= last;
  });
}
