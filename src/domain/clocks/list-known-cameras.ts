import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from './tables.ts';

/** The keys of an event's cameras whose clocks are known, in one order. For actions that have checked the event. */
export async function listKnownCameras(ctx: Context, input: { eventId: string }): Promise<string[]> {
  const found = await ctx.db
    .select({ cameraKey: cameraClocks.cameraKey })
    .from(cameraClocks)
    .where(and(eq(cameraClocks.eventId, input.eventId), isNotNull(cameraClocks.offsetMs)))
    .orderBy(asc(cameraClocks.cameraKey));
  return found.map(({ cameraKey }) => cameraKey);
}
