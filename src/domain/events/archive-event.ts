import type { Context } from '#context.ts';
import { moveEvent } from './move-event.ts';

/** Puts an event away: not public, not changed, its orders stay. */
export async function archiveEvent(ctx: Context, input: { eventId: string }): Promise<void> {
  await moveEvent(ctx, input.eventId, 'archive');
}
