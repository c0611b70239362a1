import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import type { RecognitionOperation } from '#platform/recognition/recognition.ts';
import { recognitionCalls } from './tables.ts';

/**
 * Millionths of a dollar per call. List price of Rekognition Image, both groups, first million images a month, read on
 * 2026-10-07 at aws.amazon.com/rekognition/pricing: an upper bound, larger volumes cost less.
 */
const MICRO_DOLLARS_PER_CALL: Readonly<Record<RecognitionOperation, number>> = {
  'detect-text': 1000,
  'detect-labels': 1000,
  'detect-faces': 1000,
  'index-faces': 1000,
  'search-faces': 1000,
};

/** Counts one answered call about a photo, at today's price. Outside of transactions: it was paid, whatever comes after. */
export async function countRecognitionCall(
  ctx: Context,
  input: { eventId: string; photoId: string; operation: RecognitionOperation },
): Promise<void> {
  requireSystem(ctx);
  const costMicroDollars = MICRO_DOLLARS_PER_CALL[input.operation];
  await ctx.db
    .insert(recognitionCalls)
    .values({ ...input, calls: 1, costMicroDollars })
    .onConflictDoUpdate({
      target: [recognitionCalls.eventId, recognitionCalls.photoId, recognitionCalls.operation],
      set: {
        calls: sql`${recognitionCalls.calls} + 1`,
        costMicroDollars: sql`${recognitionCalls.costMicroDollars} + ${costMicroDollars}`,
      },
    });
}
