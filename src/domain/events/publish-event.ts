import type { Context } from '#context.ts';
import { moveEvent } from './move-event.ts';

/** Shows a draft event to everyone, or to those who have its address when it is unlisted. */
export async function publishEvent(ctx: Context, input: { eventId: string }): Promise<void> {
  await moveEvent(ctx, input.eventId, 'publish');
}
