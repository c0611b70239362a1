import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { type FileCredit, findFileCredits } from './file-credit.ts';

/** What is written into the files of an own event; null for nothing. */
export async function getFileCredit(
  ctx: Context,
  { eventId }: { eventId: string },
): Promise<FileCredit | null> {
  await requireOwnEvent(ctx, { eventId });
  return (await findFileCredits(ctx, [eventId])).get(eventId) ?? null;
}
