import 'server-only';
import type { Context } from '#context.ts';
import { CREDITS_PER_PHOTO } from '#domain/credits/credits.ts';
import type { Offers } from './sorting-fields.client.tsx';

/** What this server's operator offers to events. */
export function loadOffers(ctx: Context): Offers {
  const { aiLabelDetectionEnabled: labels, aiAutoEditEnabled: edit } = ctx.config;
  return { labels, edit, creditsPerPhoto: CREDITS_PER_PHOTO };
}
