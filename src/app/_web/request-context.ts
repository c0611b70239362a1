import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { type Context, type Locale, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { baseContext } from './base-context.ts';
import { isLocale } from './locales.ts';

/** The context of who asks, in the language of the page; once per request. In a server action the language is that
 *  of the page that sent it. */
export const requestContext = cache(async (locale?: string): Promise<Context> => {
  const received = await headers();
  const ctx = baseContext();
  const visitor = withActor(
    ctx,
    await getActor(ctx, received),
    isLocale(locale) ? locale : pageLocale(received),
  );
  return withOpened(visitor, received.get('cookie'));
});

function pageLocale(received: Headers): Locale {
  const referrer = received.get('referer') ?? '';
  const locale = URL.canParse(referrer) ? new URL(referrer).pathname.split('/')[1] : undefined;
  return isLocale(locale) ? locale : 'fr';
}
