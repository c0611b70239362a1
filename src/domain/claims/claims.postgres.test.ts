import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type Context, inTransaction } from '#context.ts';
import { decideTags } from '#domain/matching/decide-tags.ts';
import { lockPhotos } from '#domain/matching/photo-marks.ts';
import { rows } from '#platform/db/rows.ts';
import { buyRunner, lostPhotos, openClaims } from '../../../tests/claim-stage.ts';
import { until } from '../../../tests/doubles/until.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { MOST_COUNTED_BY_ORDERS } from './claim.ts';
import type { ClaimAnswer } from './claim-photos.ts';

test('orders speak five times for a bib, however many claims come at once', async () => {
  const stage = await openClaims(await createTestContext());
  const orderSecret = await buyRunner(stage);
  const lost = await lostPhotos(stage, 4 * MOST_COUNTED_BY_ORDERS);
  const parts = [0, 1, 2, 3].map((part) =>
    lost.slice(part * MOST_COUNTED_BY_ORDERS, (part + 1) * MOST_COUNTED_BY_ORDERS),
  );
  const answers = await Promise.all(parts.map((part) => stage.claim(part, { orderSecret })));
  const counted = answers.map((answer) => (answer.outcome === 'claimed' ? answer.counted : 0));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(MOST_COUNTED_BY_ORDERS);
});

test('a person’s word that comes at the same moment stands', async () => {
  const stage = await openClaims(await createTestContext());
  const { ctx, eventId, owner } = stage;
  const orderSecret = await buyRunner(stage);
  const [photoId = ''] = await lostPhotos(stage, 1);
  let claimed: Promise<ClaimAnswer> | null = null;
  await inTransaction(owner, async (tx) => {
    await lockPhotos(tx, { eventId, photoIds: [photoId] });
    claimed = stage.claim([photoId], { orderSecret });
    await until(() => somebodyWaits(ctx));
    await decideTags(tx, { eventId, actId: ctx.random.id(), settle: [photoId] });
  });
  expect(await claimed).toMatchObject({ waiting: 1, counted: 0 });
});

async function somebodyWaits(ctx: Context): Promise<boolean> {
  const waiting = await rows<{ one: number }>(
    ctx.db,
    sql`select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}
