import { type Context, inTransaction } from '#context.ts';
import { creditsToReturn } from '#domain/credits/credits.ts';
import { refundCredits } from '#domain/credits/refund-credits.ts';
import { instantOfLocalTime } from '#domain/events/local-time.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { recordFindings } from '#domain/matching/record-findings.ts';
import { announcePhotoState } from '#domain/photos/announce-photo-state.ts';
import { askStack } from '#domain/photos/ask-stacking.ts';
import { findPhotoForProcessing, type ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { movePhoto } from '#domain/photos/move-photo.ts';
import { type RenditionRow, recordRenditions } from '#domain/photos/record-renditions.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import type { JobAttempt } from '#platform/queue/queue.ts';
import type { PhotoAnalysis } from '#vision/findings.ts';
import { readOriginal } from './analyse-original.ts';
import { askJudgement } from './ask-judgement.ts';
import { offerAutoEdit } from './ask-photo-edit.ts';
import { clockColumns, followClock, shownByClockPage } from './clock-findings.ts';
import { failPhoto } from './fail-photo.ts';
import { qualityColumns } from './quality-columns.ts';
import { storeRenditions } from './store-renditions.ts';
import { waitForProvider } from './wait-for-provider.ts';

/**
 * Takes a received photo to ready: renditions, capture data and bibs from one decode, then what it found and what it costs.
 * Safe to run twice: keys are the original's own, each move names the old state, and a late run finds nothing to do.
 */
export async function preparePhoto(
  ctx: Context,
  input: { photoId: string },
  attempt: Pick<JobAttempt, 'attempt'>,
): Promise<void> {
  requireSystem(ctx);
  const photo = await findPhotoForProcessing(ctx, input);
  if (!photo || photo.state === 'ready') return;
  if (photo.state === 'failed' && !(await reopen(ctx, photo, attempt))) return;

  const read = await readOriginal(ctx, photo, { renditions: { mark: { seed: photo.id } } });
  if (read.outcome === 'unreadable') return failPhoto(ctx, { photoId: photo.id, reason: read.reason });
  if (read.outcome === 'away') return waitForProvider(ctx, read.provider, 'prepare-photo', photo);
  const { analysis } = read;
  if (!analysis.renditions) throw new Error('the engine gave no renditions');

  const { originalKey } = photo;
  const { renditions } = analysis;
  const rows = await storeRenditions(ctx, { originalKey, renditions, makes: (kind) => kind });
  if (rows === 'storage-away') return waitForProvider(ctx, 'storage', 'prepare-photo', photo);
  if (photo.state !== 'prepared' && !(await commitPrepared(ctx, photo, analysis, rows))) return;
  await commitReady(ctx, photo, analysis);
}

/** A person who replays a dead job wants the photo read again. */
function reopen(ctx: Context, photo: ProcessedPhoto, { attempt }: { attempt: number }): Promise<boolean> {
  if (attempt !== 1) return Promise.resolve(false);
  return inTransaction(ctx, (tx) =>
    movePhoto(tx, { photoId: photo.id, from: 'failed', to: 'received', set: { failureReason: null } }),
  );
}

async function commitPrepared(
  ctx: Context,
  photo: ProcessedPhoto,
  analysis: PhotoAnalysis,
  rows: RenditionRow[],
): Promise<boolean> {
  const { timeZone } = await requireOwnEvent(ctx, { eventId: photo.eventId });
  const moved = await inTransaction(ctx, async (tx) => {
    const found = findings(tx, photo, analysis, timeZone);
    const set = { ...found, ...(await clockColumns(tx, photo, found)) };
    if (!(await movePhoto(tx, { photoId: photo.id, from: 'received', to: 'prepared', set }))) return false;
    await recordRenditions(tx, { photoId: photo.id, renditions: rows });
    return true;
  });
  if (moved) {
    await announcePhotoState(ctx, { eventId: photo.eventId, photoId: photo.id, state: 'prepared' });
  }
  return moved;
}

function findings(ctx: Context, photo: ProcessedPhoto, analysis: PhotoAnalysis, timeZone: string) {
  const { capture, quality } = analysis;
  const takenAt = capture.takenAtLocal ? instantOfLocalTime(capture.takenAtLocal, timeZone) : null;
  const { make, model, bodySerial } = capture;
  return {
    format: analysis.format,
    widthPx: analysis.widthPx,
    heightPx: analysis.heightPx,
    takenAt,
    sortAt: takenAt ?? photo.receivedAt,
    camera: make || model || bodySerial ? { make, model, bodySerial } : null,
    sequence: capture.sequence,
    author: capture.author,
    copyright: capture.copyright,
    tone: analysis.tone,
    perceptualHash: analysis.perceptualHash ?? null,
    ...qualityColumns(quality, ctx.config),
    preparedAt: ctx.clock.now(),
  };
}

/** Findings, the credit's fate and the last move stand or fall together; a run that comes late records nothing. */
async function commitReady(ctx: Context, photo: ProcessedPhoto, analysis: PhotoAnalysis): Promise<void> {
  const { id: photoId, eventId } = photo;
  const event = await requireOwnEvent(ctx, { eventId });
  // A photo of the clock page is for the camera's clock, and nobody's to buy.
  const ofClock = shownByClockPage(analysis) !== null;
  const moved = await inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const hidden = ofClock ? { hiddenAt: now } : {};
    const set = { readyAt: now, engineVersion: analysis.engine.version, ...hidden };
    if (!(await movePhoto(tx, { photoId, from: 'prepared', to: 'ready', set }))) return false;
    const { found, more } = await recordFindings(tx, { photoId, analysis, first: true });
    const credits = creditsToReturn(photo.processingMode, { bibs: found, more });
    await refundCredits(tx, { photoId, reason: 'nothing-found', credits });
    await offerAutoEdit(tx, { photo, event, plan: analysis.edit });
    await askJudgement(tx, eventId);
    await followClock(tx, { photoId, analysis, why: 'photos' });
    await askStack(tx, { eventId, photoId });
    return true;
  });
  if (!moved) return;
  const visible = event.status === 'published' && photo.hiddenAt === null && !ofClock;
  await announcePhotoState(ctx, { eventId, photoId, state: 'ready', visible });
}
