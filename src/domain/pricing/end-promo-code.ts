import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireManager } from '#domain/accounts/require-manager.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { promoCodes } from './tables.ts';

/** Ends a code at once: carts lose it, orders that hold it keep their price. Safe to run twice. */
export async function endPromoCode(ctx: Context, input: { promoCodeId: string }): Promise<void> {
  const { organisationId } = await requireManager(ctx);
  const { promoCodeId } = parseInput(z.object({ promoCodeId: z.uuid() }), input);
  const own = and(eq(promoCodes.id, promoCodeId), eq(promoCodes.organisationId, organisationId));
  await inTransaction(ctx, async (tx) => {
    const [found] = await tx.db.select({ id: promoCodes.id }).from(promoCodes).where(own);
    if (!found) throw new DomainError('not-found', { public: { key: 'pricing.codeNotFound' } });
    const ended = await tx.db
      .update(promoCodes)
      .set({ endedAt: tx.clock.now() })
      .where(and(own, isNull(promoCodes.endedAt)))
      .returning({ id: promoCodes.id });
    if (ended.length === 0) return;
    await recordAudit(tx, {
      action: 'pricing.end-promo-code',
      subjectKind: 'promo-code',
      subjectId: promoCodeId,
    });
  });
}
