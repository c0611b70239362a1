import { type Context, inTransaction } from '#context.ts';
import { listKnownCameras } from '#domain/clocks/list-known-cameras.ts';
import { markCameraPhotos } from '#domain/matching/mark-camera-photos.ts';
import { markPhotosNear } from '#domain/matching/mark-photos-near.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import {
  type ChangedExpectations,
  refreshExpectedPassages,
} from '#domain/timing/refresh-expected-passages.ts';
import type { JobAttempt } from '#platform/queue/queue.ts';
import { askClocks } from './ask-clocks.ts';

/** After passages or places changed, for `bibs` or for everybody: works out who is expected where, has the photos weighed
 *  again that were taken near what changed, and the clocks solved. Safe to run twice. */
export async function followTiming(
  ctx: Context,
  input: { eventId: string; bibs?: string[] | undefined },
  { attempt }: Pick<JobAttempt, 'attempt'>,
): Promise<void> {
  requireSystem(ctx);
  const changed = await refreshExpectedPassages(ctx, input);
  // What an attempt that failed had written already is not told as changed any more.
  const isAgain = attempt > 1;
  if (changed.length === 0 && !isAgain) return;
  await inTransaction(ctx, async (tx) => {
    await (isAgain ? markEverything(tx, input.eventId) : markChanged(tx, input.eventId, changed));
    await askClocks(tx, input.eventId, 'timing');
  });
}

async function markChanged(tx: Context, eventId: string, changed: ChangedExpectations[]): Promise<void> {
  for (const { placeId, from, until } of changed) await markPhotosNear(tx, { eventId, placeId, from, until });
}

async function markEverything(tx: Context, eventId: string): Promise<void> {
  for (const cameraKey of await listKnownCameras(tx, { eventId })) {
    await markCameraPhotos(tx, { eventId, cameraKey });
  }
}
