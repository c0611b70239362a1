import { and, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { limitAttempts, limitClient } from '#domain/accounts/limit-attempts.ts';
import { parseInput } from '#platform/parse-input.ts';
import { isSame, mayVisit, openedCookieName, openedCookieValue } from './closed-event.ts';
import { eventNotFound } from './require-own-event.ts';
import { events } from './tables.ts';

export const openClosedEventInput = z.object({
  slug: z.string().max(100),
  code: z.string().max(100),
  /** The network address it comes from, '' when nobody could tell. */
  client: z.string().max(100),
});

/** A start line types at once, some of it wrongly; not somebody who tries them all. */
const BY_EVENT = { max: 1000, windowSeconds: 3600 };
const BY_CLIENT = { max: 20, windowSeconds: 900 };

export type OpenedEvent =
  | { outcome: 'opened'; cookie: { name: string; value: string } }
  | { outcome: 'wrong-code' };

/**
 * The cookie that opens a closed event, for its code in any case; its organisation and operators need none. Throws
 * not-found for an event that is not closed, and rate-limited for too many tries.
 */
export async function openClosedEvent(
  ctx: Context,
  input: z.input<typeof openClosedEventInput>,
): Promise<OpenedEvent> {
  const { slug, code, client } = parseInput(openClosedEventInput, input);
  const [event] = await ctx.db
    .select()
    .from(events)
    .where(and(eq(events.slug, slug), eq(events.status, 'published'), isNotNull(events.accessCode)));
  if (!event || event.accessCode === null) throw eventNotFound();
  if (!mayVisit(ctx, event)) {
    const key = `closed-event/${event.id}`;
    await limitClient(ctx, client, { key, ...BY_CLIENT });
    await limitAttempts(ctx, { key, ...BY_EVENT });
    if (!isSame(plain(code), plain(event.accessCode))) return { outcome: 'wrong-code' };
  }
  const value = openedCookieValue(ctx, { id: event.id, accessCode: event.accessCode });
  return { outcome: 'opened', cookie: { name: openedCookieName(slug), value } };
}

/** People type it from a poster. */
function plain(code: string): string {
  return code.trim().toUpperCase();
}
