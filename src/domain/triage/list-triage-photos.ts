import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { parseInput } from '#platform/parse-input.ts';
import { describePhotos } from './describe-photos.ts';
import type { TriagePhoto } from './triage-photo.ts';

const listTriagePhotosSchema = z.object({ eventId: z.uuid(), photoIds: z.array(z.uuid()).max(500) });

/** These photos of an own event as triage shows them, whether they wait or not. */
export async function listTriagePhotos(
  ctx: Context,
  input: z.input<typeof listTriagePhotosSchema>,
): Promise<TriagePhoto[]> {
  const { eventId, photoIds } = parseInput(listTriagePhotosSchema, input);
  return describePhotos(ctx, await requireOwnEvent(ctx, { eventId }), photoIds);
}
