import type { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireManager } from '../accounts/require-manager.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { SWEEP_INVOICES } from './job-names.ts';
import { taxProfiles } from './tables.ts';
import { taxProfileInput } from './tax-profile.ts';

/**
 * Says who the actor's organisation is before the tax office. What was issued before stays as it is; invoices that waited for it
 * are issued now. Throws 'forbidden' for all but its owner and managers.
 */
export async function setTaxProfile(ctx: Context, input: z.input<typeof taxProfileInput>): Promise<void> {
  const { organisationId } = await requireManager(ctx);
  const profile = { ...parseInput(taxProfileInput, input), updatedAt: ctx.clock.now() };
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .insert(taxProfiles)
      .values({ organisationId, ...profile })
      .onConflictDoUpdate({ target: taxProfiles.organisationId, set: profile });
    await recordAudit(tx, {
      action: 'invoicing.set-tax-profile',
      subjectKind: 'organisation',
      subjectId: organisationId,
      details: { vatRegime: profile.vatRegime, vatRateBps: profile.vatRateBps, country: profile.country },
    });
    await tx.queue.enqueue(tx.db, SWEEP_INVOICES, {});
  });
}
