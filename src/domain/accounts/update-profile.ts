import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { localeSchema, nameSchema } from './account.ts';
import { requireAccount } from './require-account.ts';
import { organisations, users } from './tables.ts';

export const profileSchema = z.object({
  name: nameSchema,
  locale: localeSchema,
  /** For pros: the name that runners and organisers see. */
  organisationName: nameSchema.optional(),
});

/** Changes what the signed-in person says of themselves; anything else in the input is ignored. */
export async function updateProfile(ctx: Context, input: z.input<typeof profileSchema>): Promise<void> {
  const { userId } = requireAccount(ctx);
  const { organisationName, ...profile } = parseInput(profileSchema, input);
  const organisationId = ctx.actor.kind === 'account' ? ctx.actor.organisationId : null;
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .update(users)
      .set({ ...profile, updatedAt: tx.clock.now() })
      .where(eq(users.id, userId));
    if (organisationId === null || organisationName === undefined) return;
    await tx.db
      .update(organisations)
      .set({ name: organisationName })
      .where(eq(organisations.id, organisationId));
  });
}
