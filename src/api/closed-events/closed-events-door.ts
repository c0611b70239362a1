import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { openedCookieName } from '#domain/events/closed-event.ts';
import { type OpenedEvent, openClosedEvent } from '#domain/events/open-closed-event.ts';
import { isDomainError } from '#platform/errors.ts';

const DAYS_OPEN = 90;
/** Leads to the page that is made for its visitor alone, which says what was wrong. */
const NOT_OPENED = { value: 'none', seconds: 600 };

/**
 * POST / with the fields slug, code and locale of a plain form: keeps the cookie that opens a closed event and leads back to
 * its page. Its own organisation and operators need no code.
 */
export function openClosedEventsDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const door = new Hono();
  door.post('/', async (c) => {
    const form = await c.req.parseBody();
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
    const locale = text('locale') === 'en' ? 'en' : 'fr';
    const slug = text('slug').slice(0, 100);
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers), locale);
    const client = c.req.header('client-address') ?? '';
    const page = `/${locale}/events/${encodeURIComponent(slug)}`;
    c.header('cache-control', 'private, no-store');
    const answer = await tryCode(visitor, { slug, code: text('code').slice(0, 100), client });
    if (answer.outcome === 'not-closed') return c.redirect(page, 303);
    const opened = answer.outcome === 'opened';
    setCookie(c, openedCookieName(slug), opened ? answer.cookie.value : NOT_OPENED.value, {
      httpOnly: true,
      sameSite: 'Lax',
      secure: ctx.config.publicUrl.startsWith('https:'),
      path: '/',
      maxAge: opened ? DAYS_OPEN * 24 * 3600 : NOT_OPENED.seconds,
    });
    const query = opened ? '' : `?code=${answer.outcome === 'wrong-code' ? 'wrong' : 'wait'}`;
    return c.redirect(`${page}${query}`, 303);
  });
  return door;
}

async function tryCode(
  ctx: Context,
  input: { slug: string; code: string; client: string },
): Promise<OpenedEvent | { outcome: 'too-many' | 'not-closed' }> {
  try {
    return await openClosedEvent(ctx, input);
  } catch (error) {
    if (isDomainError(error) && error.code === 'rate-limited') return { outcome: 'too-many' };
    if (isDomainError(error) && error.code === 'not-found') return { outcome: 'not-closed' };
    throw error;
  }
}
