import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { type Context, inTransaction, type Role } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { requireAdmin } from './require-account.ts';
import { users } from './tables.ts';
import { endSessions, ensureOrganisation } from './write-user.ts';

/** Closes an account and ends its sessions at once. Throws conflict for one's own and for one closed already. */
export async function suspendAccount(ctx: Context, input: { userId: string }): Promise<void> {
  const { actorId } = requireAdmin(ctx);
  refuseOneself(actorId, input.userId);
  await inTransaction(ctx, async (tx) => {
    const suspended = await tx.db
      .update(users)
      .set({ suspendedAt: tx.clock.now(), updatedAt: tx.clock.now() })
      .where(and(eq(users.id, input.userId), isNull(users.suspendedAt)))
      .returning({ id: users.id });
    if (suspended.length === 0) throw await absentOrConflict(tx, input.userId);
    await endSessions(tx, input.userId);
    await recordAudit(tx, { action: 'accounts.suspend', subjectKind: 'user', subjectId: input.userId });
  });
}

/** Opens a closed account again. Throws conflict for one that is open. */
export async function restoreAccount(ctx: Context, input: { userId: string }): Promise<void> {
  requireAdmin(ctx);
  await inTransaction(ctx, async (tx) => {
    const restored = await tx.db
      .update(users)
      .set({ suspendedAt: null, updatedAt: tx.clock.now() })
      .where(and(eq(users.id, input.userId), isNotNull(users.suspendedAt)))
      .returning({ id: users.id });
    if (restored.length === 0) throw await absentOrConflict(tx, input.userId);
    await recordAudit(tx, { action: 'accounts.restore', subjectKind: 'user', subjectId: input.userId });
  });
}

/** Gives an account another role, with an organisation for a pro, and ends its sessions. One's own role stays. */
export async function changeRole(ctx: Context, input: { userId: string; role: Role }): Promise<void> {
  const { actorId } = requireAdmin(ctx);
  refuseOneself(actorId, input.userId);
  await inTransaction(ctx, async (tx) => {
    const [user] = await tx.db
      .update(users)
      .set({ role: input.role, updatedAt: tx.clock.now() })
      .where(eq(users.id, input.userId))
      .returning();
    if (!user) throw notFound();
    await ensureOrganisation(tx, user.id, user.name, input.role);
    await endSessions(tx, user.id);
    const details = { role: input.role };
    await recordAudit(tx, {
      action: 'accounts.change-role',
      subjectKind: 'user',
      subjectId: user.id,
      details,
    });
  });
}

function refuseOneself(actorId: string, userId: string): void {
  if (actorId === userId) throw new DomainError('conflict', { public: { key: 'accounts.notOneself' } });
}

async function absentOrConflict(ctx: Context, userId: string): Promise<DomainError> {
  const [user] = await ctx.db.select({ id: users.id }).from(users).where(eq(users.id, userId));
  return user ? new DomainError('conflict', { public: { key: 'accounts.alreadySo' } }) : notFound();
}

function notFound(): DomainError {
  return new DomainError('not-found', { public: { key: 'accounts.notFound' } });
}
