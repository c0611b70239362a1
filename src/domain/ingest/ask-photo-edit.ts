import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { photoFindings } from '#domain/matching/tables.ts';
import { askEdit } from '#domain/photos/ask-edit.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import { DomainError } from '#platform/errors.ts';
import type { EditPlan } from '#vision/findings.ts';

/** Has the proposed edit of an own photo rendered, to be looked at beside the photo. Throws conflict when none is worthwhile. */
export async function askPhotoEdit(ctx: Context, input: { photoId: string }): Promise<void> {
  const photo = await getOwnPhoto(ctx, input);
  const plan = await findProposedEdit(ctx, photo.id);
  if (!plan?.worthwhile || photo.state !== 'ready' || !ctx.config.aiAutoEditEnabled) {
    throw new DomainError('conflict', { public: { key: 'photos.noEdit' } });
  }
  await inTransaction(ctx, async (tx) => {
    if (!(await askEdit(tx, { photoId: photo.id, plan }))) return;
    const data = { photoId: photo.id, accept: false };
    const options = { shareKey: photo.eventId, singletonKey: photo.id };
    await tx.queue.enqueue(tx.db, 'render-edit', data, options);
  });
}

/** What the last reading of a photo proposes to change. */
export async function findProposedEdit(ctx: Context, photoId: string): Promise<EditPlan | null> {
  const [found] = await ctx.db
    .select({ edit: photoFindings.edit })
    .from(photoFindings)
    .where(eq(photoFindings.photoId, photoId));
  return found?.edit ?? null;
}

/** Where the event's option says so: has a worthwhile edit rendered and shown, unless somebody decided on one. For the
 *  transaction that records a reading. */
export async function offerAutoEdit(
  tx: Context,
  input: { photo: ProcessedPhoto; event: EventRow; plan: EditPlan | undefined },
): Promise<void> {
  const { photo, event, plan } = input;
  if (!event.autoEdit || !tx.config.aiAutoEditEnabled || !plan?.worthwhile) return;
  if (!(await askEdit(tx, { photoId: photo.id, plan }))) return;
  const data = { photoId: photo.id, accept: true };
  const options = { shareKey: event.id, singletonKey: photo.id };
  await tx.queue.enqueue(tx.db, 'render-edit', data, options);
}
