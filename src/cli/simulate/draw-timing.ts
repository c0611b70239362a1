import { type Field, type SimulatedRunner, timeAt } from './draw-runners.ts';
import { PARAMETERS } from './event-parameters.ts';
import type { Random } from './random.ts';

export interface SimulatedPassage {
  bib: string;
  race: number;
  /** From the start of the race. */
  km: number;
  atMs: number;
}

/** Half way and the end are timed, and the start by chip. */
export function checkpointsOf(raceKm: number): number[] {
  return [0, Math.floor(raceKm / 2), raceKm];
}

/** What the timing of the event exports: with gaps, and a few runners who wear each other's chip. */
export function drawPassages({ runners }: Field, random: Random): SimulatedPassage[] {
  const timed = runners.filter(({ bib }) => bib !== null && !random.chance(PARAMETERS.timing.noChip));
  const wearers = exchange(timed, random);
  return timed.flatMap((runner, index) => {
    const bib = wearers[index]?.bib ?? '';
    return checkpointsOf(PARAMETERS.races[runner.race]?.km ?? 0).flatMap((km) => {
      const at = timeAt(runner, km);
      if (at === null || random.chance(PARAMETERS.timing.missed)) return [];
      const { precisionMs } = PARAMETERS.timing;
      return [{ bib, race: runner.race, km, atMs: Math.round(at / precisionMs) * precisionMs }];
    });
  });
}

function exchange(timed: readonly SimulatedRunner[], random: Random): SimulatedRunner[] {
  const wearers = [...timed];
  for (const [index, runner] of timed.entries()) {
    if (!random.chance(PARAMETERS.timing.exchanged / 2)) continue;
    const with_ = random.whole(0, timed.length - 1);
    const other = wearers[with_];
    if (other && other.race === runner.race)
      [wearers[index], wearers[with_]] = [other, wearers[index] ?? runner];
  }
  return wearers;
}

export interface ExpectedAt {
  atMs: number;
  spreadMs: number;
}

/** Pace between two checkpoints wanders like a random walk that must end where the runner was timed: a Brownian bridge. */
const kmSpread = 0.035;
const mostSpreadMs = 240_000;

/** When the passages of one runner let expect the runner so many km from the start; null without two passages around it. */
export function expectAt(passages: readonly SimulatedPassage[], km: number): ExpectedAt | null {
  const exact = passages.find((passage) => passage.km === km);
  if (exact) return { atMs: exact.atMs, spreadMs: PARAMETERS.timing.precisionMs };
  const before = passages.findLast((passage) => passage.km < km);
  const after = passages.find((passage) => passage.km > km);
  if (!before || !after) return null;
  const length = after.km - before.km;
  const share = (km - before.km) / length;
  const msPerKm = (after.atMs - before.atMs) / length;
  const spreadMs = kmSpread * msPerKm * Math.sqrt(length * share * (1 - share));
  if (spreadMs > mostSpreadMs) return null;
  return { atMs: before.atMs + share * (after.atMs - before.atMs), spreadMs: Math.max(spreadMs, 100) };
}
