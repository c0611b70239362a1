import { createHmac, timingSafeEqual } from 'node:crypto';
import { and, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from './event.ts';
import { events } from './tables.ts';

/** One cookie for each event that was opened by its code, named by the event's slug. */
const COOKIE_PREFIX = 'focus_open_';
const SLUG = /^[a-z0-9-]{1,100}$/u;
/** In one browser; more are not looked at. */
const MOST_OPENED = 20;

type Closable = Pick<EventRow, 'id' | 'organisationId' | 'status' | 'accessCode'>;

/** True in SQL for published events that this visitor may see: open ones, those opened by their code, and for their own
 *  organisation and operators every one. Needs `events`. */
export function isOpenTo(ctx: Context): SQL | undefined {
  const published = eq(events.status, 'published');
  if (seesAll(ctx)) return published;
  const own = ctx.actor.kind === 'account' ? ctx.actor.organisationId : null;
  return and(
    published,
    or(
      isNull(events.accessCode),
      ctx.opened?.size ? inArray(events.id, [...ctx.opened]) : undefined,
      own ? eq(events.organisationId, own) : undefined,
    ),
  );
}

/** The same of one event that was read. */
export function mayVisit(ctx: Context, event: Closable): boolean {
  if (event.status !== 'published') return false;
  if (event.accessCode === null || seesAll(ctx) || ctx.opened?.has(event.id)) return true;
  return ctx.actor.kind === 'account' && ctx.actor.organisationId === event.organisationId;
}

function seesAll({ actor }: Context): boolean {
  return actor.kind === 'system' || (actor.kind === 'account' && actor.role === 'ADMIN');
}

export function openedCookieName(slug: string): string {
  return `${COOKIE_PREFIX}${slug}`;
}

/** What the cookie holds: it ends with the code that it was given for. */
export function openedCookieValue(
  ctx: Pick<Context, 'config'>,
  event: { id: string; accessCode: string },
): string {
  const { authSecret } = ctx.config;
  return createHmac('sha256', authSecret)
    .update(`closed event ${event.id} ${event.accessCode}`)
    .digest('base64url');
}

/** Slugs of the events that a `cookie` header claims to have opened. Nothing is proven by it. */
export function claimedSlugs(cookieHeader: string | null | undefined): Map<string, string> {
  const claimed = new Map<string, string>();
  if (!cookieHeader) return claimed;
  for (const part of cookieHeader.split(';')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    const slug = name.startsWith(COOKIE_PREFIX) ? name.slice(COOKIE_PREFIX.length) : '';
    if (SLUG.test(slug) && claimed.size < MOST_OPENED) claimed.set(slug, value);
  }
  return claimed;
}

/** Whether a `cookie` header says so at all: the pages of who does are not those of everybody. */
export function claimsOpened(cookieHeader: string | undefined): boolean {
  return cookieHeader?.includes(COOKIE_PREFIX) === true;
}

/** The context with the closed events that this visitor has opened; by a code that holds no more, none. */
export async function withOpened(ctx: Context, cookieHeader: string | null | undefined): Promise<Context> {
  const claimed = claimedSlugs(cookieHeader);
  if (claimed.size === 0) return ctx;
  const found = await ctx.db
    .select({ id: events.id, slug: events.slug, accessCode: events.accessCode })
    .from(events)
    .where(and(inArray(events.slug, [...claimed.keys()]), isNotNull(events.accessCode)));
  const opened = found.flatMap(({ id, slug, accessCode }) =>
    accessCode !== null && isSame(claimed.get(slug) ?? '', openedCookieValue(ctx, { id, accessCode }))
      ? [id]
      : [],
  );
  return { ...ctx, opened: new Set(opened) };
}

export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
