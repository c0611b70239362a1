import type { Context } from '#context.ts';
import { markPhotosNear } from '#domain/matching/mark-photos-near.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { refreshExpectedPassages } from '#domain/timing/refresh-expected-passages.ts';
import { askClocks } from './ask-clocks.ts';

/** After passages or places changed, for `bibs` or for everybody: works out who is expected where, has the photos weighed
 *  again that were taken near what changed, and the clocks solved. Each lot of runners brings its marks with it: a run that
 *  breaks off loses none. Safe to run twice. */
export async function followTiming(
  ctx: Context,
  input: { eventId: string; bibs?: string[] | undefined },
): Promise<void> {
  requireSystem(ctx);
  const { eventId } = input;
  await refreshExpectedPassages(ctx, input, async (tx, changed) => {
    await markPhotosNear(tx, { eventId, changed });
    await askClocks(tx, eventId, 'timing');
  });
}
