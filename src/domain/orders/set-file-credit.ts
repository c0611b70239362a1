import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { CREDIT_FIELD, LICENCE_FIELD } from './file-credit.ts';
import { fileCredits } from './tables.ts';

const fits = (maxBytes: number, key: string) =>
  z
    .string()
    .trim()
    .refine((text) => Buffer.byteLength(text) <= maxBytes, key);

export const setFileCreditInput = z
  .object({
    eventId: z.uuid(),
    /** '' writes nothing into the files any more. */
    credit: fits(CREDIT_FIELD.maxBytes, 'orders.creditTooLong'),
    licence: fits(LICENCE_FIELD.maxBytes, 'orders.licenceTooLong'),
  })
  .refine(({ credit, licence }) => credit !== '' || licence === '', {
    path: ['credit'],
    message: 'orders.creditRequired',
  });

/** Sets what is written into an event's files as they leave, those of orders already delivered too. */
export async function setFileCredit(ctx: Context, input: z.input<typeof setFileCreditInput>): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const { eventId, credit, licence } = parseInput(setFileCreditInput, input);
  await inTransaction(ctx, async (tx) => {
    if (credit === '') await tx.db.delete(fileCredits).where(eq(fileCredits.eventId, eventId));
    else {
      const fields = { credit, licence: licence || null, updatedAt: tx.clock.now() };
      await tx.db
        .insert(fileCredits)
        .values({ eventId, ...fields })
        .onConflictDoUpdate({ target: fileCredits.eventId, set: fields });
    }
    const audit = { action: 'events.set-file-credit', subjectKind: 'event', subjectId: eventId };
    await recordAudit(tx, { ...audit, details: { written: credit !== '' } });
  });
}
