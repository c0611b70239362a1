import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { findPhotoEdit } from '#domain/photos/find-photo-edit.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import { comparisonUrls } from '#domain/photos/photo.ts';
import { photos } from '#domain/photos/tables.ts';
import type { EditPlan } from '#vision/findings.ts';
import { findProposedEdit } from './ask-photo-edit.ts';
import { currentVersions } from './reading-parts.ts';

export interface PhotoProcessing {
  engineVersion: string | null;
  /** Today's engine would read it otherwise. */
  older: boolean;
  /** Waits to be read again. */
  waiting: boolean;
  /** Null when there is nothing to propose. */
  edit: PhotoEditView | null;
}

export type PhotoEditView = { plan: EditPlan } & (
  | { state: 'proposed' | 'rendering' }
  /** `before` and `after` are addresses for the owner's eyes. */
  | { state: 'undecided' | 'accepted' | 'declined'; before: string; after: string }
);

/** Where a photo of the actor's own event stands with the engine: its version, its rereading and its edit. */
export async function getPhotoProcessing(ctx: Context, input: { photoId: string }): Promise<PhotoProcessing> {
  const photo = await getOwnPhoto(ctx, input);
  const event = await requireOwnEvent(ctx, { eventId: photo.eventId });
  const [row] = await ctx.db.select().from(photos).where(eq(photos.id, photo.id));
  const ready = row?.state === 'ready';
  const current = currentVersions(event, ctx.config, ctx.clock.now());
  return {
    engineVersion: row?.engineVersion ?? null,
    older: ready && row.engineVersion !== current[row.processingMode],
    waiting: row !== undefined && row.rereadAskedAt !== null,
    edit: ready ? await viewEdit(ctx, photo.id, row.shownVersion) : null,
  };
}

async function viewEdit(ctx: Context, photoId: string, shownVersion: number): Promise<PhotoEditView | null> {
  const edit = await findPhotoEdit(ctx, { photoId });
  if (edit?.renderedAt) {
    return { plan: edit.plan, state: edit.decision ?? 'undecided', ...comparisonUrls(photoId, shownVersion) };
  }
  if (edit) return { plan: edit.plan, state: 'rendering' };
  const plan = ctx.config.aiAutoEditEnabled ? await findProposedEdit(ctx, photoId) : null;
  return plan?.worthwhile ? { plan, state: 'proposed' } : null;
}
