import { type Context, inTransaction } from '#context.ts';
import { markPhotosNear } from '#domain/matching/mark-photos-near.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { refreshExpectedPassages } from '#domain/timing/refresh-expected-passages.ts';
import { askClocks } from './ask-clocks.ts';

/** After passages or places changed, for `bibs` or for everybody: works out who is expected where, has the photos weighed
 *  again that were taken near what changed, and the clocks solved. Safe to run twice. */
export async function followTiming(
  ctx: Context,
  input: { eventId: string; bibs?: string[] | undefined },
): Promise<void> {
  requireSystem(ctx);
  const { eventId } = input;
  const changed = await refreshExpectedPassages(ctx, input);
  if (changed.length === 0) return;
  await inTransaction(ctx, async (tx) => {
    for (const { placeId, from, until } of changed)
      await markPhotosNear(tx, { eventId, placeId, from, until });
    await askClocks(tx, eventId, 'timing');
  });
}
