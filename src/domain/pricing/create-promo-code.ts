import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireManager } from '#domain/accounts/require-manager.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { normaliseCode } from './find-promos.ts';
import { TOTAL_MAX_CENTS } from './offer-rules.ts';
import { promoCodes } from './tables.ts';

const percent = z
  .number({ error: 'pricing.percentBounds' })
  .int('pricing.percentBounds')
  .min(1, 'pricing.percentBounds')
  .max(100, 'pricing.percentBounds');
const amount = z
  .number({ error: 'pricing.totalBounds' })
  .int('pricing.totalBounds')
  .max(TOTAL_MAX_CENTS, 'pricing.totalBounds');
const uses = z
  .number({ error: 'pricing.usesBounds' })
  .int('pricing.usesBounds')
  .min(1, 'pricing.usesBounds')
  .max(1_000_000, 'pricing.usesBounds')
  .nullable()
  .default(null);
const instant = z.date({ error: 'events.dateRequired' }).nullable().default(null);

export const createPromoCodeSchema = z
  .object({
    /** Letters and digits, in any case. */
    code: z
      .string()
      .max(40, 'pricing.codeShape')
      .transform(normaliseCode)
      .pipe(z.string().regex(/^[A-Z0-9]{4,20}$/, 'pricing.codeShape')),
    /** Null: for all events of the organisation. */
    eventId: z.uuid().nullable(),
    off: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('percent'), percent }),
      z.object({ kind: z.literal('amount'), cents: amount.min(1, 'pricing.totalBounds') }),
    ]),
    startsAt: instant,
    endsAt: instant,
    maxUses: uses,
    maxUsesPerBuyer: uses,
    minTotalCents: amount.min(0, 'pricing.totalBounds').default(0),
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || startsAt < endsAt, {
    path: ['endsAt'],
    message: 'pricing.discountOrder',
  });

/** A code for all events of an organisation counts in this currency, as events do unless they say otherwise. */
const CURRENCY = 'eur';

/** Makes a promo code for one event or all of the organisation's. Codes are of the whole platform: one that anybody has, or
 *  had, is refused as conflict. */
export async function createPromoCode(
  ctx: Context,
  input: z.input<typeof createPromoCodeSchema>,
): Promise<{ promoCodeId: string; code: string }> {
  const { organisationId } = await requireManager(ctx);
  const event = input.eventId === null ? null : await requireOwnEvent(ctx, { eventId: input.eventId });
  const { off, eventId, ...asked } = parseInput(createPromoCodeSchema, input);
  return inTransaction(ctx, async (tx) => {
    const [made] = await tx.db
      .insert(promoCodes)
      .values({
        ...asked,
        id: tx.random.id(),
        organisationId,
        eventId,
        percentOff: off.kind === 'percent' ? off.percent : null,
        amountOffCents: off.kind === 'amount' ? off.cents : null,
        currency: event?.currency ?? CURRENCY,
        createdAt: tx.clock.now(),
      })
      .onConflictDoNothing()
      .returning({ promoCodeId: promoCodes.id, code: promoCodes.code });
    if (!made) throw new DomainError('conflict', { public: { key: 'pricing.codeTaken' } });
    await recordAudit(tx, {
      action: 'pricing.create-promo-code',
      subjectKind: 'promo-code',
      subjectId: made.promoCodeId,
      details: { eventId, code: made.code },
    });
    return made;
  });
}
