import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { DatabasePort } from '#platform/db/database.ts';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './account.ts';
import { credentials, sessions, users, verifications } from './tables.ts';

export type Auth = ReturnType<typeof buildAuth>;

const SESSION_SECONDS = 30 * 24 * 3600;
/** By database, then by public address: the address decides how cookies are named. */
const instances = new WeakMap<DatabasePort, Map<string, Auth>>();

/** Sessions and password checks. It always reads through the pool: never call it inside a transaction, where the
 *  one connection of the embedded database is taken and the call would wait for ever. */
export function createAuth(ctx: Context): Auth {
  const known = instances.get(ctx.database) ?? new Map<string, Auth>();
  instances.set(ctx.database, known);
  const auth = known.get(ctx.config.publicUrl) ?? buildAuth(ctx);
  known.set(ctx.config.publicUrl, auth);
  return auth;
}

function buildAuth(ctx: Context) {
  const secure = ctx.config.publicUrl.startsWith('https://');
  return betterAuth({
    appName: 'Focus Racer',
    baseURL: ctx.config.publicUrl,
    basePath: '/api/auth',
    secret: ctx.config.authSecret,
    database: drizzleAdapter(ctx.database.db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
      transaction: false,
    }),
    emailAndPassword: {
      enabled: true,
      // Accounts are made by our own action, with their organisation in one transaction.
      disableSignUp: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
    },
    user: {
      additionalFields: {
        role: { type: 'string', input: false, required: true },
        locale: { type: 'string', input: false, required: true },
        suspendedAt: { type: 'date', input: false, required: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const [user] = await ctx.database.db
              .select({ suspendedAt: users.suspendedAt })
              .from(users)
              .where(eq(users.id, session.userId));
            if (user?.suspendedAt)
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_SUSPENDED', message: 'suspended' });
          },
        },
      },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    // The HTTP handler is not mounted; attempts are limited in our actions, by account and by client.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: ['client-address'] },
      cookies: { session_token: { name: sessionCookieName(ctx) } },
      database: { generateId: () => ctx.random.id() },
    },
  });
}

/** `__Host-` binds the cookie to this very host; browsers accept it over TLS only. */
export function sessionCookieName(ctx: Context): string {
  return ctx.config.publicUrl.startsWith('https://') ? '__Host-focus_session' : 'focus_session';
}
