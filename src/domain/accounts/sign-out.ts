import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { createAuth } from './auth.ts';
import { sessions } from './tables.ts';

/** Ends the session of these request headers; without one nothing happens. The browser's cookie is the seam's to drop. */
export async function signOut(ctx: Context, headers: Headers): Promise<void> {
  const found = await createAuth(ctx).api.getSession({ headers });
  if (found) await ctx.db.delete(sessions).where(eq(sessions.id, found.session.id));
}
