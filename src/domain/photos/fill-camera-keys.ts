import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type Camera, photos } from './tables.ts';

/** An event has this many bodies at most; those beyond have their turn at the next call. */
const MOST_CAMERAS = 1000;

/** Names the camera of photos that came before cameras were told apart. Safe to run twice. */
export async function fillCameraKeys(
  ctx: Context,
  input: { eventId: string; keyOf: (camera: Camera, organisationId: string) => string | null },
): Promise<void> {
  const unnamed = and(eq(photos.eventId, input.eventId), isNull(photos.cameraKey), isNotNull(photos.camera));
  const found = await ctx.db
    .selectDistinct({ camera: photos.camera, organisationId: photos.organisationId })
    .from(photos)
    .where(unnamed)
    .limit(MOST_CAMERAS);
  for (const { camera, organisationId } of found) {
    const cameraKey = camera && input.keyOf(camera, organisationId);
    if (!cameraKey) continue;
    const same = sql`${photos.camera} = ${JSON.stringify(camera)}::jsonb`;
    await ctx.db
      .update(photos)
      .set({ cameraKey })
      .where(and(unnamed, eq(photos.organisationId, organisationId), same));
  }
}
