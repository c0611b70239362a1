import { asc, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { rows } from '#platform/db/rows.ts';
import type { Camera } from '../photos/tables.ts';
import { cameraLabelOf } from './camera-clock.ts';
import type { CameraClock } from './find-camera-clock.ts';
import { cameraClocks } from './tables.ts';

export interface EventCamera {
  cameraKey: string;
  label: string;
  bodySerial: string | null;
  photoCount: number;
  /** By the camera's own clock. */
  first: Date;
  last: Date;
  /** Photos of the clock page. */
  shotCount: number;
  /** Null before anything is known of it. */
  clock: CameraClock | null;
}

/** More bodies than any event has. */
const MOST_CAMERAS = 200;

/** The cameras of an own event whose photos tell when they were taken, those with the most photos first. */
export async function listCameras(ctx: Context, input: { eventId: string }): Promise<EventCamera[]> {
  const event = await requireOwnEvent(ctx, input);
  const found = await rows<CameraRow>(
    ctx.db,
    sql`select camera_key, count(*)::int as photo_count, (array_agg(camera))[1] as camera,
        (extract(epoch from min(taken_at)) * 1000)::float8 as first_ms,
        (extract(epoch from max(taken_at)) * 1000)::float8 as last_ms,
        (select count(*)::int from clock_shots as shot
          where shot.event_id = ${event.id} and shot.camera_key = photos.camera_key) as shot_count
      from photos where event_id = ${event.id} and camera_key is not null and taken_at is not null
      group by camera_key order by count(*) desc, camera_key limit ${MOST_CAMERAS}`,
  );
  const clocks = await ctx.db
    .select()
    .from(cameraClocks)
    .where(eq(cameraClocks.eventId, event.id))
    .orderBy(asc(cameraClocks.cameraKey));
  return found.map((row) => ({
    cameraKey: row.camera_key,
    label: row.camera ? cameraLabelOf(row.camera) : row.camera_key,
    bodySerial: row.camera?.bodySerial ?? null,
    photoCount: row.photo_count,
    first: new Date(Math.round(row.first_ms)),
    last: new Date(Math.round(row.last_ms)),
    shotCount: row.shot_count,
    clock: clocks.find(({ cameraKey }) => cameraKey === row.camera_key) ?? null,
  }));
}

interface CameraRow {
  camera_key: string;
  photo_count: number;
  camera: Camera | null;
  first_ms: number;
  last_ms: number;
  shot_count: number;
}
