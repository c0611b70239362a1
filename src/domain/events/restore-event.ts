import type { Context } from '#context.ts';
import { moveEvent } from './move-event.ts';

/** Takes an archived event back to draft. */
export async function restoreEvent(ctx: Context, input: { eventId: string }): Promise<void> {
  await moveEvent(ctx, input.eventId, 'restore');
}
