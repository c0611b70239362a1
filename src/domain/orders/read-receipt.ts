import { asc, eq } from 'drizzle-orm';
import type { Context, Locale } from '#context.ts';
import { organisations } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { formatCents } from './mail-frame.ts';
import { orderLines, type orders } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

export interface Receipt {
  /** What was bought for how much; equal lines once. */
  items: string[];
  /** Who sold it, by name; the platform alone where it is the merchant. */
  sellers: string[];
}

/** What a mail of an order tells was bought, and from whom. */
export async function readReceipt(ctx: Context, order: OrderRow): Promise<Receipt> {
  const lines = await ctx.db
    .select({ line: orderLines, eventName: events.name, seller: organisations.name })
    .from(orderLines)
    .innerJoin(events, eq(events.id, orderLines.eventId))
    .innerJoin(organisations, eq(organisations.id, events.organisationId))
    .where(eq(orderLines.orderId, order.id))
    .orderBy(asc(orderLines.position));
  const groups = new Map<string, { label: (count: number) => string; count: number; cents: number }>();
  for (const { line, eventName } of lines) {
    const { kind, size, bib, priceCents } = line;
    const key = JSON.stringify([kind, size, line.eventId, bib]);
    const group = groups.get(key) ?? {
      label: labelOf({ kind, size, bib, eventName }, order.locale),
      count: 0,
      cents: 0,
    };
    groups.set(key, { ...group, count: group.count + 1, cents: group.cents + priceCents });
  }
  const items = [...groups.values()].map(
    ({ label, count, cents }) => `${label(count)} – ${formatCents(cents, order.currency, order.locale)}`,
  );
  const { salesMode, legalName } = ctx.config;
  const sellers = salesMode === 'merchant' && legalName ? [legalName] : lines.map(({ seller }) => seller);
  return { items, sellers: [...new Set(sellers)] };
}

interface Bought {
  kind: (typeof orderLines.$inferSelect)['kind'];
  size: (typeof orderLines.$inferSelect)['size'];
  bib: string | null;
  eventName: string;
}

function labelOf({ kind, size, bib, eventName }: Bought, locale: Locale): (count: number) => string {
  const words = WORDS[locale];
  const where = [eventName, bib ? words.bib(bib) : null].filter(Boolean).join(', ');
  if (kind === 'all-photos') return () => `${words.allPhotos}, ${where}`;
  if (kind === 'whole-event') return () => `${words.wholeEvent}, ${where}`;
  return (count) => `${words.photos(count)} (${words.size[size]}), ${where}`;
}

const WORDS = {
  fr: {
    photos: (count: number) => (count === 1 ? '1 photo' : `${count} photos`),
    size: { web: 'format web', original: 'fichier d’origine' },
    allPhotos: 'Toutes les photos',
    wholeEvent: 'Toutes les photos de l’événement',
    bib: (bib: string) => `dossard ${bib}`,
  },
  en: {
    photos: (count: number) => (count === 1 ? '1 photo' : `${count} photos`),
    size: { web: 'web size', original: 'original file' },
    allPhotos: 'All photos',
    wholeEvent: 'All photos of the event',
    bib: (bib: string) => `bib ${bib}`,
  },
};
