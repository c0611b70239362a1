import type { Context } from '#context.ts';
import type { CartSummary } from './cart.ts';
import { getCart } from './get-cart.ts';

export async function getCartSummary(ctx: Context, input: { token: string | null }): Promise<CartSummary> {
  const cart = await getCart(ctx, input);
  const lines = cart.groups.flatMap((group) => group.lines);
  return {
    photoCount: cart.lineCount,
    totalCents: cart.totalCents,
    currency: cart.currency,
    photoIds: lines.flatMap((line) => line.photoId ?? []),
    packs: lines.flatMap(({ kind, eventId, bib }) =>
      kind === 'all-photos' && bib !== null ? [{ eventId, bib }] : [],
    ),
    wholeEvents: lines.flatMap(({ kind, eventId }) => (kind === 'whole-event' ? [eventId] : [])),
    runners: cart.groups.flatMap(({ eventId, bib, subtotalCents, hint }) =>
      bib === null
        ? []
        : [{ eventId, bib, priceCents: subtotalCents, photosUntilCap: hint?.photosUntilCap ?? null }],
    ),
  };
}
