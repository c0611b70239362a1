import { and, eq, gt, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { uploads } from './tables.ts';

/** The four steps of the timeline: preparation and upload are the browser's, processing and done are told here. */
export interface IngestProgress {
  /** Files announced whose bytes are not all here. */
  announced: number;
  /** Photos waiting for or in the hands of the engine. */
  received: number;
  prepared: number;
  ready: number;
  failed: number;
  /** Photos of the event in all. */
  total: number;
  /** 0..1: the share of photos that ended as ready or failed; 1 when there are none. */
  processedShare: number;
}

/** How far the photos of the actor's own event are. */
export async function getIngestProgress(ctx: Context, input: { eventId: string }): Promise<IngestProgress> {
  await requireOwnEvent(ctx, input);
  const [open] = await ctx.db
    .select({ announced: sql<number>`count(*)::int` })
    .from(uploads)
    .where(
      and(
        eq(uploads.eventId, input.eventId),
        eq(uploads.state, 'open'),
        gt(uploads.expiresAt, ctx.clock.now()),
      ),
    );
  const counts = await getPhotoCounts(ctx, input);
  const ended = counts.ready + counts.failed;
  const total = counts.received + counts.prepared + ended;
  return {
    announced: open?.announced ?? 0,
    ...counts,
    total,
    processedShare: total === 0 ? 1 : ended / total,
  };
}
