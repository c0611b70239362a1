import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EditPlan } from '#vision/findings.ts';
import { showEdit } from './decide-edit.ts';
import { type RenditionRow, recordRenditions } from './record-renditions.ts';
import { photoEdits } from './tables.ts';

export interface RecordEditInput {
  photoId: string;
  plan: EditPlan;
  renditions: RenditionRow[];
  /** Shows the edit at once, unless a person has decided on it. */
  accept: boolean;
}

/** Notes the renditions of an edit. For a transaction of ingest; safe to run twice. */
export async function recordEdit(tx: Context, input: RecordEditInput): Promise<void> {
  const { photoId, plan, renditions, accept } = input;
  const [edit] = await tx.db.select().from(photoEdits).where(eq(photoEdits.photoId, photoId)).for('update');
  if (!edit) return;
  await recordRenditions(tx, { photoId, renditions });
  const now = tx.clock.now();
  const accepts = accept && edit.decision === null;
  const decided = accepts ? { decision: 'accepted' as const, decidedAt: now } : {};
  await tx.db
    .update(photoEdits)
    .set({ plan, renderedAt: now, ...decided })
    .where(eq(photoEdits.photoId, photoId));
  if (accepts) await showEdit(tx, photoId, 'accepted');
}
