import { and, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { photos } from '../photos/tables.ts';
import { cameraLabelOf, MOST_OFFSET_MS } from './camera-clock.ts';
import { findCameraClock } from './find-camera-clock.ts';
import { holdClocks } from './hold-clocks.ts';
import { type CameraOfEvent, keepClock } from './keep-clock.ts';
import { setByShots } from './record-clock-shot.ts';
import { inUse } from './record-solution.ts';
import { cameraClocks } from './tables.ts';

const changeSchema = z.discriminatedUnion('to', [
  z.object({
    to: z.literal('hand'),
    /** What must be added to what the camera said. */
    offsetMs: z
      .number({ error: 'clocks.offsetBounds' })
      .int()
      .min(-MOST_OFFSET_MS, 'clocks.offsetBounds')
      .max(MOST_OFFSET_MS, 'clocks.offsetBounds'),
  }),
  z.object({ to: z.literal('same-as'), sameAsKey: z.string().min(1, 'clocks.cameraRequired').max(400) }),
  z.object({ to: z.literal('qr-clock') }),
  z.object({ to: z.literal('solved') }),
]);

export type ClockWord = z.input<typeof changeSchema>;

/**
 * A person's word on the clock of a camera of an own event: by hand, that of another camera, that of its photos of the
 * clock page, or back to what the reads say. Throws conflict where the named source says nothing.
 */
export async function changeClock(
  ctx: Context,
  input: { eventId: string; cameraKey: string; change: ClockWord },
): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const change = parseInput(changeSchema, input.change);
  const named = change.to === 'same-as' ? [change.sameAsKey] : [];
  await inTransaction(ctx, async (tx) => {
    await holdClocks(tx, { eventId: event.id, cameraKeys: [input.cameraKey, ...named] });
    const camera = await getCamera(tx, { eventId: event.id, cameraKey: input.cameraKey });
    if (change.to === 'hand') await setByHand(tx, camera, change.offsetMs);
    else if (change.to === 'same-as') await follow(tx, camera, change.sameAsKey);
    else if (change.to === 'solved') await trustReads(tx, camera);
    else if (!(await setByShots(tx, camera))) throw conflict('clocks.noShots');
    await recordAudit(tx, {
      action: 'clocks.change',
      subjectKind: 'event',
      subjectId: event.id,
      details: {
        camera: camera.label,
        to: change.to,
        ...('offsetMs' in change && { offsetMs: change.offsetMs }),
      },
    });
  });
}

/** A camera that took photos of this event. */
export async function getCamera(
  ctx: Context,
  { eventId, cameraKey }: { eventId: string; cameraKey: string },
): Promise<CameraOfEvent> {
  const [photo] = await ctx.db
    .select({ organisationId: photos.organisationId, camera: photos.camera })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), eq(photos.cameraKey, cameraKey), isNotNull(photos.takenAt)))
    .limit(1);
  if (!photo) throw new DomainError('not-found', { public: { key: 'clocks.cameraNotFound' } });
  const label = photo.camera ? cameraLabelOf(photo.camera) : cameraKey;
  return { eventId, cameraKey, organisationId: photo.organisationId, label };
}

async function setByHand(tx: Context, camera: CameraOfEvent, offsetMs: number): Promise<void> {
  const word = { offsetMs, driftPpm: 0, driftFrom: null, confidence: null, spreadMs: null };
  await keepClock(tx, camera, { ...word, method: 'hand', sameAsKey: null, decidedBy: personOf(tx) });
}

/** A clock that follows one that follows would be nobody's, and so would those that follow this one. */
async function follow(tx: Context, camera: CameraOfEvent, sameAsKey: string): Promise<void> {
  const other = await findCameraClock(tx, { eventId: camera.eventId, cameraKey: sameAsKey });
  const isChain = sameAsKey === camera.cameraKey || other?.method === 'same-as';
  if (!other || other.offsetMs === null || isChain) throw conflict('clocks.cannotFollow');
  if (await isFollowed(tx, camera)) throw conflict('clocks.isFollowed');
  const { offsetMs, driftPpm, driftFrom, confidence, spreadMs } = other;
  const same = { offsetMs, driftPpm, driftFrom, confidence, spreadMs };
  await keepClock(tx, camera, { ...same, method: 'same-as', sameAsKey, decidedBy: personOf(tx) });
}

async function isFollowed(tx: Context, { eventId, cameraKey }: CameraOfEvent): Promise<boolean> {
  const { method, sameAsKey } = cameraClocks;
  const follower = and(eq(cameraClocks.eventId, eventId), eq(method, 'same-as'), eq(sameAsKey, cameraKey));
  const found = await tx.db
    .select({ cameraKey: cameraClocks.cameraKey })
    .from(cameraClocks)
    .where(follower)
    .limit(1);
  return found.length > 0;
}

async function trustReads(tx: Context, camera: CameraOfEvent): Promise<void> {
  const known = await findCameraClock(tx, camera);
  await keepClock(tx, camera, { ...inUse(known?.solution ?? null), sameAsKey: null, decidedBy: null });
}

function personOf(ctx: Context): string | null {
  return ctx.actor.kind === 'account' ? ctx.actor.userId : null;
}

function conflict(key: string): DomainError {
  return new DomainError('conflict', { public: { key } });
}
