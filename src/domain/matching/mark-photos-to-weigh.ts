import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { rows } from '#platform/db/rows.ts';
import { askWeighing } from './ask-weighing.ts';

/** Has the ready ones of these photos weighed again within seconds, each with its burst. For the transaction that changed
 *  their evidence. */
export async function markPhotosToWeigh(
  tx: Context,
  input: { eventId: string; photoIds: readonly string[] },
): Promise<void> {
  if (input.photoIds.length === 0) return;
  await markWhere(tx, input.eventId, sql`${photos.id} = any(${sql.param([...input.photoIds])}::uuid[])`);
}

/** The same for all photos of an event on which something was read. */
export async function markReadPhotos(tx: Context, input: { eventId: string }): Promise<void> {
  await markWhere(tx, input.eventId, sql`exists (select from bib_reads where photo_id = ${photos.id})`);
}

/** The same for all of an event. */
export async function markReadyPhotos(tx: Context, input: { eventId: string }): Promise<void> {
  await markWhere(tx, input.eventId, sql`true`);
}

/** The same for the ready photos of an event that fulfil `where`; gives how many. The rows are taken in one order, so that
 *  two markings wait for each other and never both. */
export async function markWhere(tx: Context, eventId: string, where: SQL): Promise<number> {
  const askedAt = tx.clock.now().toISOString();
  const marked = await rows<{ one: number }>(
    tx.db,
    sql`insert into photos_to_weigh (photo_id, event_id, asked_at)
      select ${photos.id}, ${photos.eventId}, ${askedAt}::timestamptz from ${photos}
      where ${photos.eventId} = ${eventId} and ${photos.state} = 'ready' and ${where} order by ${photos.id}
      on conflict (photo_id) do update set asked_at = excluded.asked_at returning 1 as one`,
  );
  if (marked.length > 0) await askWeighing(tx, eventId);
  return marked.length;
}
