import { type Context, inTransaction } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { recordFindings } from '#domain/matching/record-findings.ts';
import { dropRereading } from '#domain/photos/ask-rereading.ts';
import { askStack } from '#domain/photos/ask-stacking.ts';
import { findPhotoForProcessing } from '#domain/photos/find-photo-for-processing.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { setPhotoReading } from '#domain/photos/set-photo-reading.ts';
import { readOriginal } from './analyse-original.ts';
import { askJudgement } from './ask-judgement.ts';
import { offerAutoEdit } from './ask-photo-edit.ts';
import { followClock } from './clock-findings.ts';
import { qualityColumns } from './quality-columns.ts';
import { waitForProvider } from './wait-for-provider.ts';

/**
 * Reads a ready photo anew, while it stays in the gallery: after a new engine or start list.
 * People's decisions and credits stay as they are. Safe to run twice.
 */
export async function recognisePhoto(ctx: Context, input: { photoId: string }): Promise<void> {
  requireSystem(ctx);
  const photo = await findPhotoForProcessing(ctx, input);
  if (photo?.state !== 'ready') return;
  const read = await readOriginal(ctx, photo, {});
  if (read.outcome === 'away') return waitForProvider(ctx, read.provider, 'recognise-photo', photo);
  // It was readable once, so its renditions and tags still hold.
  if (read.outcome === 'unreadable') throw new Error(`a ready photo is unreadable: ${read.reason}`);
  const { analysis } = read;
  const event = await requireOwnEvent(ctx, { eventId: photo.eventId });
  const noted = await inTransaction(ctx, async (tx) => {
    const engineVersion = analysis.engine.version;
    const quality = qualityColumns(analysis.quality, tx.config);
    const look = { ...quality, perceptualHash: analysis.perceptualHash ?? null };
    const note = { photoId: photo.id, before: photo.engineVersion, engineVersion, ...look };
    if (!(await setPhotoReading(tx, note))) return false;
    await recordFindings(tx, { photoId: photo.id, analysis });
    await offerAutoEdit(tx, { photo, event, plan: analysis.edit });
    await askJudgement(tx, event.id);
    await followClock(tx, { photoId: photo.id, analysis, why: 'timing' });
    await askStack(tx, { eventId: event.id, photoId: photo.id });
    return true;
  });
  // Another run was faster.
  if (!noted) await dropRereading(ctx, { photoId: photo.id });
}
