import { getTranslations } from 'next-intl/server';
import type { CartView } from '#domain/orders/cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { type SumRow, Sums } from '#ui/shop/Sums.tsx';

/** The cart as an addition: full prices, what the cap takes off, the total. */
export async function CartSums({ cart, locale }: { cart: CartView; locale: string }) {
  const t = await getTranslations('shop');
  const money = (cents: number) => formatMoney(cents, cart.currency ?? 'eur', locale);
  const rows = cart.groups.flatMap((group): SumRow[] => {
    const photos = group.lines.filter((line) => line.kind === 'photo');
    const packs = group.lines.filter((line) => line.reason === 'all-photos');
    const covered = packs.length > 0;
    const full = photos.length * group.photoPriceCents;
    return [
      ...packs.map((pack) => ({
        key: pack.lineId,
        label: t('cart.allPhotos', { bib: pack.bib ?? '' }),
        amount: money(pack.priceCents),
      })),
      ...(photos.length > 0 && !covered
        ? [
            {
              key: `${group.eventId}/${group.bib}`,
              label: t('cart.full', { count: photos.length }),
              amount: money(full),
            },
          ]
        : []),
      ...(!covered && group.subtotalCents < full
        ? [
            {
              key: `${group.eventId}/${group.bib}/cap`,
              label: t('cart.capped'),
              amount: money(group.subtotalCents - full),
            },
          ]
        : []),
    ];
  });
  return <Sums rows={rows} total={{ label: t('cart.total'), amount: money(cart.totalCents) }} />;
}
