import type { Metadata } from 'next';
import type { Context, Locale } from '#context.ts';

/** Canonical address and the same page in the other language. `path` starts after the locale: "/events/x", or "". */
export function addresses(ctx: Context, locale: string, path: string): Metadata['alternates'] {
  return {
    canonical: `${ctx.config.publicUrl}/${locale}${path}`,
    languages: {
      fr: `${ctx.config.publicUrl}/fr${path}`,
      en: `${ctx.config.publicUrl}/en${path}`,
      'x-default': `${ctx.config.publicUrl}/fr${path}`,
    },
  };
}

export function shareCard(
  ctx: Context,
  locale: Locale | string,
  card: { title: string; description: string; path: string },
): Metadata['openGraph'] {
  return {
    title: card.title,
    description: card.description,
    url: `${ctx.config.publicUrl}/${locale}${card.path}`,
    siteName: 'Focus Racer',
    locale: locale === 'fr' ? 'fr_FR' : 'en_GB',
    type: 'website',
  };
}
