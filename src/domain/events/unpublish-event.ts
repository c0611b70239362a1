import type { Context } from '#context.ts';
import { moveEvent } from './move-event.ts';

/** Takes a published event back to draft: its pages are not there any more for the public. */
export async function unpublishEvent(ctx: Context, input: { eventId: string }): Promise<void> {
  await moveEvent(ctx, input.eventId, 'unpublish');
}
