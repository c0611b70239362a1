import type { Context } from '#context.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';

/** The event in schema.org's words, for search engines. */
export function EventJsonLd({ ctx, event, locale }: { ctx: Context; event: PublicEvent; locale: string }) {
  const facts = {
    '@context': 'https://schema.org',
    '@type': 'SportsEvent',
    name: event.name,
    sport: event.sport,
    startDate: event.startsAt.toISOString(),
    location: { '@type': 'Place', name: event.place, address: event.place },
    url: `${ctx.config.publicUrl}/${locale}/events/${event.slug}`,
    ...(event.description ? { description: event.description } : {}),
  };
  // In a script element only "</" could end the data early.
  const json = JSON.stringify(facts).replaceAll('<', '\\u003c');
  return (
    <script
      type="application/ld+json"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own, with every "<" escaped.
      dangerouslySetInnerHTML={{ __html: json }}
    />
  );
}
