import type { Context } from '#context.ts';
import { cameraKeyOf, cameraLabelOf, MOST_OFFSET_MS, trueTime } from '#domain/clocks/camera-clock.ts';
import { findCameraClock } from '#domain/clocks/find-camera-clock.ts';
import { recordClockShot } from '#domain/clocks/record-clock-shot.ts';
import { findPhotoForProcessing, type ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import type { PhotoAnalysis } from '#vision/findings.ts';
import { askClocks } from './ask-clocks.ts';

type ClockSight = Pick<PhotoAnalysis, 'clockCode' | 'persons' | 'bibs'>;
type Capture = Pick<ProcessedPhoto, 'camera' | 'takenAt'>;

/** Which camera took a photo, and where it belongs in the galleries by what is known of that camera's clock. */
export async function clockColumns(
  ctx: Context,
  { eventId, organisationId, receivedAt }: ProcessedPhoto,
  { camera, takenAt }: Capture,
): Promise<Pick<ProcessedPhoto, 'cameraKey' | 'sortAt'>> {
  const cameraKey = cameraKeyOf(camera, organisationId);
  const clock = cameraKey && takenAt ? await findCameraClock(ctx, { eventId, cameraKey }) : null;
  const trueAt = clock && takenAt ? trueTime(clock, takenAt) : null;
  return { cameraKey, sortAt: trueAt ?? takenAt ?? receivedAt };
}

/** What the clock page showed on a photo of it, ISO 8601; null on any other: who holds a code up is there to be found, and
 *  says nothing of the camera. */
export function shownByClockPage({ clockCode, persons, bibs }: ClockSight): string | null {
  return persons?.length || bibs?.length ? null : (clockCode ?? null);
}

/** A photo of the clock page sets its camera's clock; one with a sure bib has the clocks solved again. For the transaction
 *  that makes the photo ready, or notes what a rereading found. */
export async function followClock(
  tx: Context,
  input: {
    photoId: string;
    analysis: ClockSight;
    /** A photo that was ready before does not show by its date that it brings something new: then 'timing'. */
    why: 'photos' | 'timing';
  },
): Promise<void> {
  const { photoId, analysis, why } = input;
  const photo = await findPhotoForProcessing(tx, { photoId });
  if (!photo?.takenAt || !photo.cameraKey || !photo.camera) return;
  const { eventId, cameraKey, organisationId, takenAt } = photo;
  const shownAt = new Date(shownByClockPage(analysis) ?? Number.NaN);
  // Further off than any camera, the code is no clock's: NaN, when there is none, is neither.
  if (!(Math.abs(shownAt.getTime() - takenAt.getTime()) <= MOST_OFFSET_MS)) {
    if (analysis.bibs?.some(({ kind }) => kind === 'sure')) await askClocks(tx, eventId, why);
    return;
  }
  const camera = { eventId, cameraKey, organisationId, label: cameraLabelOf(photo.camera) };
  await recordClockShot(tx, { photoId, camera, takenAt, shownAt });
}
