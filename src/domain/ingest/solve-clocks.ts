import { and, eq, isNotNull, max, min, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraKeyOf, cameraLabelOf } from '#domain/clocks/camera-clock.ts';
import type { CameraOfEvent } from '#domain/clocks/keep-clock.ts';
import { recordSolution } from '#domain/clocks/record-solution.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { fillCameraKeys } from '#domain/photos/fill-camera-keys.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { listClockPairs } from './list-clock-pairs.ts';

/** A photo is seen as ready so long after it says at most: its transaction has to end, and machines' clocks differ. */
const LATE_SECONDS = 60;

/**
 * Solves the clocks of an event's cameras from sure reads and timing; gives how many it looked at. `why` 'photos' looks at
 * the cameras with photos that became ready since they were solved, 'timing' at all. One that fails stops no other; the error comes at the end. Safe to run twice.
 */
export async function solveClocks(
  ctx: Context,
  input: { eventId: string; why: 'photos' | 'timing' },
): Promise<number> {
  requireSystem(ctx);
  const { eventId, why } = input;
  await fillCameraKeys(ctx, { eventId, keyOf: cameraKeyOf });
  if (why === 'photos' && !(await hasTiming(ctx, eventId))) return 0;
  const cameras = await listCameras(ctx, eventId, why === 'photos');
  const failed: unknown[] = [];
  for (const camera of cameras) {
    await solveOne(ctx, camera).catch((error: unknown) => {
      ctx.log.error({ error, eventId, camera: camera.label }, 'a clock was not solved');
      failed.push(error);
    });
  }
  // The queue tries again, when the others are done.
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} clocks were not solved`);
  return cameras.length;
}

async function solveOne(ctx: Context, camera: CameraOfEvent): Promise<void> {
  // Before the reads: what becomes ready from now on is looked at next time.
  const readAt = ctx.clock.now();
  const pairs = await listClockPairs(ctx, camera);
  await recordSolution(ctx, { camera, pairs, readAt });
}

async function hasTiming(ctx: Context, eventId: string): Promise<boolean> {
  const [one] = await ctx.db
    .select({ bib: expectedPassages.bib })
    .from(expectedPassages)
    .where(eq(expectedPassages.eventId, eventId))
    .limit(1);
  return one !== undefined;
}

async function listCameras(ctx: Context, eventId: string, onlyNew: boolean): Promise<CameraOfEvent[]> {
  const solvedAt = sql`(select ${cameraClocks.solvedAt} from ${cameraClocks} where ${cameraClocks.eventId} = ${eventId}
    and ${cameraClocks.cameraKey} = ${photos.cameraKey})`;
  const found = await ctx.db
    .select({
      cameraKey: photos.cameraKey,
      organisationId: min(sql<string>`${photos.organisationId}::text`),
      camera: sql<typeof photos.$inferSelect.camera>`(array_agg(${photos.camera}))[1]`,
    })
    .from(photos)
    .where(
      and(
        eq(photos.eventId, eventId),
        isNotNull(photos.cameraKey),
        isNotNull(photos.takenAt),
        eq(photos.state, 'ready'),
      ),
    )
    .groupBy(photos.cameraKey)
    .having(
      onlyNew
        ? sql`${max(photos.readyAt)} 
          > coalesce(${solvedAt} - make_interval(secs => ${LATE_SECONDS}), '-infinity')`
        : undefined,
    );
  return found.flatMap(({ cameraKey, organisationId, camera }) =>
    cameraKey && organisationId
      ? { eventId, cameraKey, organisationId, label: camera ? cameraLabelOf(camera) : cameraKey }
      : [],
  );
}
