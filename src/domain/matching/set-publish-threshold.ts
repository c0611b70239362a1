import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { changePublishThreshold } from '#domain/events/change-publish-threshold.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { publishEventBibs } from './publish-bibs.ts';

/** Under an even chance a tag is more often wrong than right; nothing is surer than the last bound. */
const LEAST = 0.5;
const MOST = 0.999;

const setPublishThresholdSchema = z.object({
  eventId: z.uuid(),
  publishThreshold: z
    .number({ error: 'matching.thresholdBounds' })
    .min(LEAST, 'matching.thresholdBounds')
    .max(MOST, 'matching.thresholdBounds'),
});

/** Publishes an event's tags from this probability, 0.5 to 0.999, on: from what was weighed already, without reading or
 *  weighing anything. What people decided stays, and credits too. */
export async function setPublishThreshold(
  ctx: Context,
  input: z.input<typeof setPublishThresholdSchema>,
): Promise<void> {
  const event = await requireOwnEvent(ctx, { eventId: input.eventId });
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const { eventId, publishThreshold } = parseInput(setPublishThresholdSchema, input);
  if (event.publishThreshold === publishThreshold) return;
  await inTransaction(ctx, async (tx) => {
    await changePublishThreshold(tx, { eventId, publishThreshold });
    await publishEventBibs(tx, eventId);
    const details = { before: event.publishThreshold, after: publishThreshold };
    await recordAudit(tx, {
      action: 'matching.threshold',
      subjectKind: 'event',
      subjectId: eventId,
      details,
    });
  });
}
