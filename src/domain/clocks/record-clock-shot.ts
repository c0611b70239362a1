import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { findCameraClock } from './find-camera-clock.ts';
import { MOST_PPM } from './fit-clock.ts';
import { holdClocks } from './hold-clocks.ts';
import { type CameraOfEvent, keepClock } from './keep-clock.ts';
import { clockShots } from './tables.ts';

interface ClockShot {
  takenAt: Date;
  shownAt: Date;
}

/** Shots of a camera further apart than this tell its drift: the screen and the shutter are right to about 0.1 s, 30 ppm
 *  over an hour. */
const LEAST_SPAN_MS = 3_600_000;
/** A screen shows an instant a frame or two late, and a shutter has its own. */
const SHOT_SPREAD_MS = 100;
const SHOT_CONFIDENCE = 0.99;

/** Keeps what a photo of the clock page says, and sets its camera's clock by all such photos. A clock set by hand stays,
 *  and so does one that follows another. For the transaction that makes the photo ready; safe to run twice. */
export async function recordClockShot(
  tx: Context,
  input: { photoId: string; camera: CameraOfEvent } & ClockShot,
): Promise<void> {
  const { photoId, camera, takenAt, shownAt } = input;
  const { eventId, cameraKey } = camera;
  await holdClocks(tx, { eventId, cameraKeys: [cameraKey] });
  await tx.db
    .insert(clockShots)
    .values({ photoId, eventId, cameraKey, takenAt, shownAt })
    .onConflictDoUpdate({ target: clockShots.photoId, set: { cameraKey, takenAt, shownAt } });
  const known = await findCameraClock(tx, camera);
  if (known?.method === 'hand' || known?.method === 'same-as') return;
  await setByShots(tx, camera);
}

/** Sets a camera's clock by its photos of the clock page; false when it has none. */
export async function setByShots(tx: Context, camera: CameraOfEvent): Promise<boolean> {
  const shots = await tx.db
    .select({ takenAt: clockShots.takenAt, shownAt: clockShots.shownAt })
    .from(clockShots)
    .where(and(eq(clockShots.eventId, camera.eventId), eq(clockShots.cameraKey, camera.cameraKey)))
    .orderBy(asc(clockShots.takenAt));
  const clock = clockOfShots(shots);
  if (!clock) return false;
  await keepClock(tx, camera, {
    ...clock,
    method: 'qr-clock',
    sameAsKey: null,
    confidence: SHOT_CONFIDENCE,
    spreadMs: SHOT_SPREAD_MS,
  });
  return true;
}

/** The median of what the shots say; with shots far apart, the line through the first and the last, unless no clock drifts
 *  so much. In the order taken. */
export function clockOfShots(
  shots: ClockShot[],
): { offsetMs: number; driftPpm: number; driftFrom: Date } | null {
  const [first, last] = [shots.at(0), shots.at(-1)];
  if (!first || !last) return null;
  const offsetOf = ({ takenAt, shownAt }: ClockShot) => shownAt.getTime() - takenAt.getTime();
  const spanMs = last.takenAt.getTime() - first.takenAt.getTime();
  const driftPpm = spanMs < LEAST_SPAN_MS ? 0 : ((offsetOf(last) - offsetOf(first)) / spanMs) * 1e6;
  if (driftPpm !== 0 && Math.abs(driftPpm) < MOST_PPM) {
    return { offsetMs: offsetOf(first), driftPpm, driftFrom: first.takenAt };
  }
  const offsets = shots.map(offsetOf).sort((a, b) => a - b);
  return { offsetMs: offsets[offsets.length >> 1] ?? 0, driftPpm: 0, driftFrom: first.takenAt };
}
