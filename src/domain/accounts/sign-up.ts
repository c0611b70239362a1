import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { emailSchema, localeSchema, nameSchema, passwordSchema, SIGN_UP_ROLES } from './account.ts';
import { postKnownAddressEmail } from './known-address-email.ts';
import { limitClient } from './limit-attempts.ts';
import { refusePasswordLikeEmail } from './refuse-password-like-email.ts';
import { users } from './tables.ts';
import { postVerifyAddressEmail } from './verify-address-email.ts';
import { hashPassword, insertUser } from './write-user.ts';

export const signUpSchema = z
  .object({
    role: z.enum(SIGN_UP_ROLES, 'accounts.roleRequired'),
    name: nameSchema,
    email: emailSchema,
    password: passwordSchema,
    locale: localeSchema,
    /** The network address that asks, for the limit of attempts. */
    client: z.string().max(100).default(''),
  })
  .superRefine(refusePasswordLikeEmail);

/** Opens an account that waits for its address to be confirmed. A known address gets the very same answer:
 *  only its owner learns of it, by mail. */
export async function signUp(
  ctx: Context,
  input: z.input<typeof signUpSchema>,
): Promise<{ outcome: 'check-mail' }> {
  const { password, client, ...person } = parseInput(signUpSchema, input);
  await limitClient(ctx, client, { key: 'sign-up', max: 30, windowSeconds: 3600 });
  const passwordHash = await hashPassword(ctx, password);
  await inTransaction(ctx, async (tx) => {
    const inserted = await insertUser(tx, { ...person, passwordHash, emailVerified: false });
    if (!inserted) {
      const [known] = await tx.db.select().from(users).where(eq(users.email, person.email));
      if (known) await postKnownAddressEmail(tx, known);
      return;
    }
    await recordAudit(tx, {
      action: 'accounts.sign-up',
      subjectKind: 'user',
      subjectId: inserted.userId,
      details: { role: person.role },
    });
    await postVerifyAddressEmail(tx, { id: inserted.userId, email: person.email, locale: person.locale });
  });
  return { outcome: 'check-mail' };
}
