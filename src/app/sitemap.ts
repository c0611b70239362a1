import type { MetadataRoute } from 'next';
import type { Context } from '#context.ts';
import { listPublicEvents, type PublicEventSummary } from '#domain/events/list-public-events.ts';
import { LOCALES } from './_web/locales.ts';
import { publicContext } from './_web/public-context.ts';

export const dynamic = 'force-dynamic';

const PAGE = 60;
/** 6,000 events twice stay under the 50,000 addresses a sitemap may have. */
const MOST_PAGES = 100;

/** The first page and every listed event, in both languages. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const ctx = await publicContext('fr');
  const paths = ['', ...(await listEveryEvent(ctx)).map((event) => `/events/${event.slug}`)];
  return paths.flatMap((path) => LOCALES.map((locale) => entry(ctx.config.publicUrl, locale, path)));
}

function entry(publicUrl: string, locale: string, path: string): MetadataRoute.Sitemap[number] {
  const languages = Object.fromEntries(LOCALES.map((other) => [other, `${publicUrl}/${other}${path}`]));
  return { url: `${publicUrl}/${locale}${path}`, alternates: { languages } };
}

async function listEveryEvent(ctx: Context): Promise<PublicEventSummary[]> {
  const events: PublicEventSummary[] = [];
  let after: string | null = null;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page: Awaited<ReturnType<typeof listPublicEvents>> = await listPublicEvents(ctx, {
      after,
      limit: PAGE,
    });
    events.push(...page.events);
    after = page.next;
    if (after === null) break;
  }
  return events;
}
