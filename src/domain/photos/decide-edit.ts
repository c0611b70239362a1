import { and, eq, isNotNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { getOwnPhoto } from './get-own-photo.ts';
import { photoEdits, photos } from './tables.ts';

export const decideEditSchema = z.object({
  photoId: z.uuid(),
  decision: z.enum(['accepted', 'declined']),
});
type Decision = z.output<typeof decideEditSchema>['decision'];

/**
 * Shows an own photo by its rendered edit, or as the camera saw it again. The original is the same file before and after.
 * Can be taken back at any time; throws conflict while there is no rendered edit.
 */
export async function decideEdit(ctx: Context, input: z.input<typeof decideEditSchema>): Promise<void> {
  const { photoId, decision } = parseInput(decideEditSchema, input);
  await getOwnPhoto(ctx, { photoId });
  await inTransaction(ctx, async (tx) => {
    const decidedBy = tx.actor.kind === 'account' ? tx.actor.userId : null;
    const decided = await tx.db
      .update(photoEdits)
      .set({ decision, decidedBy, decidedAt: tx.clock.now() })
      .where(and(eq(photoEdits.photoId, photoId), isNotNull(photoEdits.renderedAt)))
      .returning({ photoId: photoEdits.photoId });
    if (decided.length === 0) throw new DomainError('conflict', { public: { key: 'photos.editNotReady' } });
    await showEdit(tx, photoId, decision);
    await recordAudit(tx, { action: `photos.edit-${decision}`, subjectKind: 'photo', subjectId: photoId });
  });
}

/** Changes which renditions a photo is shown from, and its addresses with it: browsers keep the old ones for a year. */
export async function showEdit(tx: Context, photoId: string, decision: Decision): Promise<void> {
  const edited = decision === 'accepted';
  await tx.db
    .update(photos)
    .set({ edited, shownVersion: sql`${photos.shownVersion} + 1` })
    .where(and(eq(photos.id, photoId), ne(photos.edited, edited)));
}
