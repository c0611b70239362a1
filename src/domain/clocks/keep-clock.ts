import { isDeepStrictEqual } from 'node:util';
import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type KnownClock, trueTime } from './camera-clock.ts';
import { type CameraClock, findCameraClock } from './find-camera-clock.ts';
import { cameraClocks } from './tables.ts';

export interface CameraOfEvent {
  eventId: string;
  cameraKey: string;
  organisationId: string;
  label: string;
}

type ClockChange = Partial<Omit<CameraClock, 'id' | 'updatedAt' | keyof CameraOfEvent>>;

/** A smaller move of the clock changes neither an order nor a weight. */
const LEAST_MOVE_MS = 200;
const DAY_MS = 86_400_000;

/**
 * Writes what changed of a camera's clock, and of those that follow it. Where photos were taken at another time or place
 * than was thought, the job `apply-clock` puts them right. For the transaction of an action that has checked the event and holds the
 * clock.
 */
export async function keepClock(tx: Context, camera: CameraOfEvent, change: ClockChange): Promise<void> {
  const before = await findCameraClock(tx, camera);
  const kept =
    before && 'offsetMs' in change && !isShifted(before, { ...before, ...change }) ? standing(before) : {};
  const values = { ...change, ...kept, label: camera.label, updatedAt: tx.clock.now() };
  const [after] = await tx.db
    .insert(cameraClocks)
    .values({ id: tx.random.id(), ...camera, ...values })
    .onConflictDoUpdate({ target: [cameraClocks.eventId, cameraClocks.cameraKey], set: values })
    .returning();
  if (!after || !isMoved(before, after)) return;
  const { eventId, cameraKey } = camera;
  await tx.queue.enqueue(tx.db, 'apply-clock', { eventId, cameraKey });
  const { offsetMs, driftPpm, driftFrom } = after;
  const followers = await tx.db
    .update(cameraClocks)
    .set({ offsetMs, driftPpm, driftFrom, updatedAt: tx.clock.now() })
    .where(
      and(
        eq(cameraClocks.eventId, eventId),
        eq(cameraClocks.method, 'same-as'),
        eq(cameraClocks.sameAsKey, cameraKey),
      ),
    )
    .returning({ cameraKey: cameraClocks.cameraKey });
  for (const follower of followers) {
    await tx.queue.enqueue(tx.db, 'apply-clock', { eventId, cameraKey: follower.cameraKey });
  }
}

/** What photos were put right by: small moves, one after another, count together. */
function standing({ offsetMs, driftPpm, driftFrom }: CameraClock): KnownClock {
  return { offsetMs, driftPpm, driftFrom };
}

function isMoved(before: CameraClock | null, after: CameraClock): boolean {
  if (!before) return after.offsetMs !== null || after.stays.length > 0;
  return !isDeepStrictEqual(before.stays, after.stays) || isShifted(before, after);
}

function isShifted(before: CameraClock, after: CameraClock): boolean {
  if (before.offsetMs === null || after.offsetMs === null) return before.offsetMs !== after.offsetMs;
  // What a person says holds to the millisecond.
  const isMeasured = after.method === 'solved' || after.method === 'qr-clock';
  const least = isMeasured && before.method === after.method ? LEAST_MOVE_MS : 0;
  const middle = after.driftFrom ?? before.driftFrom ?? after.updatedAt;
  return [-DAY_MS / 2, DAY_MS / 2].some((aside) => {
    const at = new Date(middle.getTime() + aside);
    const [was, is] = [trueTime(before, at), trueTime(after, at)];
    return Math.abs((was?.getTime() ?? 0) - (is?.getTime() ?? 0)) > least;
  });
}
