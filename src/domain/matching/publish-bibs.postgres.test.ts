import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type Context, inTransaction } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { rows } from '#platform/db/rows.ts';
import { until } from '../../../tests/doubles/until.ts';
import { makeAttribution, makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { lockPhotos } from './photo-marks.ts';
import { publishBibs, publishEventBibs } from './publish-bibs.ts';
import { attributions } from './tables.ts';

test('a whole event published while somebody rejects a tag shows what that person said', async () => {
  const ctx = await createTestContext();
  const { organisation } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const photo = await makePhoto(ctx, { eventId: event.id });
  await makeAttribution(ctx, { photoId: photo.id, eventId: event.id, bib: '12' });

  let published: Promise<void> | null = null;
  await inTransaction(ctx, async (tx) => {
    await lockPhotos(tx, { eventId: event.id, photoIds: [photo.id] });
    // Has everything to say but this photo, which it waits for.
    published = inTransaction(ctx, (other) => publishEventBibs(other, event.id));
    await until(() => somebodyWaits(ctx));
    await tx.db.update(attributions).set({ decision: 'rejected' }).where(eq(attributions.photoId, photo.id));
    await publishBibs(tx, [photo.id]);
  });
  await published;
  const [after] = await ctx.db.select({ bibs: photos.bibs }).from(photos).where(eq(photos.id, photo.id));
  expect(after?.bibs).toEqual([]);
});

async function somebodyWaits(ctx: Context): Promise<boolean> {
  const waiting = await rows<{ one: number }>(
    ctx.db,
    sql`select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}
