import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { getCamera } from './change-clock.ts';
import { findCameraClock } from './find-camera-clock.ts';
import { holdClocks } from './hold-clocks.ts';
import { keepClock } from './keep-clock.ts';
import type { CameraStay } from './tables.ts';

const instant = z.iso.datetime({ precision: 3 }).nullable();
/** Nobody names more places of one camera. */
const MOST_STAYS = 50;
const staySchema = z
  .object({
    /** By the camera's own clock; null is open. */
    from: instant,
    until: instant,
    /** Null takes a person's word back. */
    placeId: z.uuid().nullable(),
  })
  .refine(
    ({ placeId, from, until }) =>
      placeId === null || from === null || until === null || Date.parse(from) < Date.parse(until),
    { error: 'clocks.stayBackwards', path: ['until'] },
  );

/** A person's word on where a camera stood from one instant of its clock to another; it replaces an earlier one for the
 *  same time. */
export async function placeCameraByHand(
  ctx: Context,
  input: { eventId: string; cameraKey: string; stay: z.input<typeof staySchema> },
): Promise<void> {
  const event = await getOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const { placeId, from, until } = parseInput(staySchema, input.stay);
  const places = [...event.checkpoints, ...event.photoSpots];
  if (placeId !== null && !places.some(({ id }) => id === placeId)) {
    throw new DomainError('not-found', { public: { key: 'clocks.placeNotFound' } });
  }
  await inTransaction(ctx, async (tx) => {
    await holdClocks(tx, { eventId: event.id, cameraKeys: [input.cameraKey] });
    const camera = await getCamera(tx, { eventId: event.id, cameraKey: input.cameraKey });
    const known = (await findCameraClock(tx, camera))?.stays ?? [];
    const others = known.filter(
      (stay) => stay.source !== 'hand' || stay.from !== from || stay.until !== until,
    );
    const own: CameraStay[] = placeId === null ? [] : [{ placeId, from, until, source: 'hand' }];
    if (own.length + others.filter(({ source }) => source === 'hand').length > MOST_STAYS) {
      throw new DomainError('conflict', {
        public: { key: 'clocks.tooManyStays', values: { max: MOST_STAYS } },
      });
    }
    await keepClock(tx, camera, { stays: [...own, ...others] });
    await recordAudit(tx, {
      action: 'clocks.place-camera',
      subjectKind: 'event',
      subjectId: event.id,
      details: { camera: camera.label, placeId },
    });
  });
}
