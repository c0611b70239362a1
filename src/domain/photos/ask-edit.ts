import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EditPlan } from '#vision/findings.ts';
import { photoEdits } from './tables.ts';

/** Notes that an edit of a photo is to be rendered. One that was decided on keeps its plan: true when it waits for its
 *  renditions now. For a transaction of ingest. */
export async function askEdit(tx: Context, input: { photoId: string; plan: EditPlan }): Promise<boolean> {
  const { photoId, plan } = input;
  const asked = { plan, askedAt: tx.clock.now(), renderedAt: null };
  await tx.db
    .insert(photoEdits)
    .values({ photoId, ...asked })
    .onConflictDoUpdate({ target: photoEdits.photoId, set: asked, setWhere: isNull(photoEdits.decision) });
  const [waiting] = await tx.db
    .select({ photoId: photoEdits.photoId })
    .from(photoEdits)
    .where(and(eq(photoEdits.photoId, photoId), isNull(photoEdits.renderedAt)));
  return waiting !== undefined;
}

/** Forgets an edit that could not be rendered, so that it may be asked for again. One that was rendered stays. */
export async function dropEdit(tx: Context, input: { photoId: string }): Promise<void> {
  await tx.db
    .delete(photoEdits)
    .where(and(eq(photoEdits.photoId, input.photoId), isNull(photoEdits.renderedAt)));
}
