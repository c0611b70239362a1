import { type Context, inTransaction } from '#context.ts';
import { type CameraClock, findCameraClock } from './find-camera-clock.ts';
import type { SolvedStay } from './find-stays.ts';
import { holdClocks } from './hold-clocks.ts';
import { type CameraOfEvent, keepClock } from './keep-clock.ts';
import { type ClockPair, placeCamera, solveClock } from './solve-clock.ts';
import type { CameraStay, ClockResidual, SolvedClock } from './tables.ts';

/** Solves a camera's clock from its sure reads, that were read at `readAt` or later. A clock that a person set stays, with
 *  the solution kept beside it, and its places are found by it; so do places that a person named. */
export async function recordSolution(
  ctx: Context,
  input: { camera: CameraOfEvent; pairs: ClockPair[]; readAt: Date },
): Promise<void> {
  const { camera, pairs, readAt } = input;
  // Seconds of work: a person who sets the clock meanwhile waits for none of it.
  const answer = solveClock(pairs);
  const solution = answer.outcome === 'solved' ? toSolved(answer) : null;
  await inTransaction(ctx, async (tx) => {
    await holdClocks(tx, { eventId: camera.eventId, cameraKeys: [camera.cameraKey] });
    const known = await findCameraClock(tx, camera);
    const byPerson = known?.method && known.method !== 'solved' ? known : null;
    const stays = byPerson ? staysBy(byPerson, pairs) : answer.outcome === 'solved' ? answer.stays : [];
    await keepClock(tx, camera, {
      ...(byPerson ? {} : inUse(solution)),
      solution,
      unsolved: answer.outcome === 'solved' ? null : answer.outcome,
      residuals: answer.outcome === 'solved' ? answer.residuals.map(toResidual) : [],
      stays: [...(known?.stays ?? []).filter(({ source }) => source === 'hand'), ...stays.map(toStay)],
      solvedAt: readAt,
    });
  });
}

/** The columns by which a solution is the clock in use; null uses none. */
export function inUse(solution: SolvedClock | null) {
  if (!solution) {
    return { offsetMs: null, driftPpm: 0, driftFrom: null, method: null, confidence: null, spreadMs: null };
  }
  const { offsetMs, driftPpm, driftFrom, confidence, spreadMs } = solution;
  const method = 'solved' as const;
  return { offsetMs, driftPpm, driftFrom: new Date(driftFrom), method, confidence, spreadMs };
}

function staysBy({ offsetMs, driftPpm, driftFrom }: CameraClock, pairs: ClockPair[]): SolvedStay[] {
  if (offsetMs === null) return [];
  return placeCamera(pairs, { offsetMs, driftPpm, driftFromMs: driftFrom?.getTime() ?? 0 });
}

function toSolved(answer: Extract<ReturnType<typeof solveClock>, { outcome: 'solved' }>): SolvedClock {
  const { offsetMs, driftPpm, driftFromMs, spreadMs, confidence } = answer;
  return { offsetMs, driftPpm, driftFrom: new Date(driftFromMs).toISOString(), spreadMs, confidence };
}

function toResidual({ cameraAtMs, ...residual }: { cameraAtMs: number } & Omit<ClockResidual, 'takenAt'>) {
  return { ...residual, takenAt: new Date(cameraAtMs).toISOString() };
}

function toStay({ placeId, fromMs, untilMs }: SolvedStay): CameraStay {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return { placeId, from: instant(fromMs), until: instant(untilMs), source: 'solved' };
}
