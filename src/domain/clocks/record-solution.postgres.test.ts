import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type Context, inTransaction, withActor } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { until } from '../../../tests/doubles/until.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { changeClock } from './change-clock.ts';
import { findCameraClock } from './find-camera-clock.ts';
import { recordSolution } from './record-solution.ts';

test('a clock that a person sets while it is being solved stays theirs', async () => {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const cameraKey = 'serial:acme one/77';
  const own = {
    camera: { make: 'Acme', model: 'One', bodySerial: '77' },
    cameraKey,
    takenAt: ctx.clock.now(),
  };
  await makePhoto(ctx, { eventId: event.id, ...own });
  const camera = { eventId: event.id, cameraKey, organisationId: organisation.id, label: 'Acme One' };
  const solve = () => recordSolution(ctx, { camera, pairs: [], readAt: ctx.clock.now() });
  await solve();

  let solved: Promise<void> | null = null;
  await inTransaction(ctx, async (tx) => {
    const change = { to: 'hand' as const, offsetMs: -4000 };
    await changeClock(withActor(tx, actor), { eventId: event.id, cameraKey, change });
    solved = solve();
    await until(() => somebodyWaits(ctx));
  });
  await solved;
  expect(await findCameraClock(ctx, camera)).toMatchObject({ method: 'hand', offsetMs: -4000 });
});

async function somebodyWaits(ctx: Context): Promise<boolean> {
  const waiting = await rows<{ one: number }>(
    ctx.db,
    sql`select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}
