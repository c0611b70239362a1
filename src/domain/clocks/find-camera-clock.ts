import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from './tables.ts';

export type CameraClock = typeof cameraClocks.$inferSelect;

/** What is known of a camera's clock; null before anything is. For actions that have checked the event. */
export async function findCameraClock(
  ctx: Context,
  input: { eventId: string; cameraKey: string },
): Promise<CameraClock | null> {
  const [clock] = await ctx.db
    .select()
    .from(cameraClocks)
    .where(and(eq(cameraClocks.eventId, input.eventId), eq(cameraClocks.cameraKey, input.cameraKey)));
  return clock ?? null;
}
