import { and, eq, ne } from 'drizzle-orm';
import type { Context, Locale, Role } from '#context.ts';
import { isProRole } from './account.ts';
import { createAuth } from './auth.ts';
import { credentials, memberships, organisations, sessions, users } from './tables.ts';

/** The slow salted hash of a password. Takes the pool's time: call it before the transaction. */
export async function hashPassword(ctx: Context, password: string): Promise<string> {
  const { password: hasher } = await createAuth(ctx).$context;
  return hasher.hash(password);
}

interface NewUser {
  role: Role;
  name: string;
  email: string;
  locale: Locale;
  passwordHash: string;
  emailVerified: boolean;
}

/** Inserts the person, their password and, for a pro, their organisation. Null when the address is taken. */
export async function insertUser(
  tx: Context,
  user: NewUser,
): Promise<{ userId: string; organisationId: string | null } | null> {
  const now = tx.clock.now();
  const { passwordHash, ...fields } = user;
  const [inserted] = await tx.db
    .insert(users)
    .values({ ...fields, id: tx.random.id(), createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (!inserted) return null;
  await tx.db.insert(credentials).values({
    id: tx.random.id(),
    accountId: inserted.id,
    providerId: 'credential',
    userId: inserted.id,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  });
  const organisationId = await ensureOrganisation(tx, inserted.id, user.name, user.role);
  return { userId: inserted.id, organisationId };
}

/** The organisation that a pro acts for, made at need; null for other roles. */
export async function ensureOrganisation(
  tx: Context,
  userId: string,
  name: string,
  role: Role,
): Promise<string | null> {
  if (!isProRole(role)) return null;
  const [known] = await tx.db.select().from(memberships).where(eq(memberships.userId, userId)).limit(1);
  if (known) return known.organisationId;
  const organisationId = tx.random.id();
  const createdAt = tx.clock.now();
  await tx.db.insert(organisations).values({ id: organisationId, name, kind: role, createdAt });
  await tx.db
    .insert(memberships)
    .values({ id: tx.random.id(), organisationId, userId, role: 'owner', createdAt });
  return organisationId;
}

/** Sets the password and ends every session. */
export async function replacePassword(tx: Context, userId: string, passwordHash: string): Promise<void> {
  await tx.db
    .update(credentials)
    .set({ password: passwordHash, updatedAt: tx.clock.now() })
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  await endSessions(tx, userId);
}

/** Signs the person out everywhere, but for the session named. */
export async function endSessions(tx: Context, userId: string, exceptSessionId?: string): Promise<void> {
  const kept = exceptSessionId === undefined ? undefined : ne(sessions.id, exceptSessionId);
  await tx.db.delete(sessions).where(and(eq(sessions.userId, userId), kept));
}
