import { getTranslations } from 'next-intl/server';
import type { CartGroup, CartLineView, CartView } from '#domain/orders/cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { type SumRow, Sums } from '#ui/shop/Sums.tsx';
import { sumSavings } from './sum-savings.ts';

/** The cart as an addition: full prices, what each reason takes off, the total. */
export async function CartSums({ cart, locale }: { cart: CartView; locale: string }) {
  const t = await getTranslations('shop.cart');
  const money = (cents: number) => formatMoney(cents, cart.currency ?? 'eur', locale);
  const several = cart.groups.length > 1;
  const full = cart.groups.flatMap((group): SumRow[] =>
    rowsOf(group).map(({ key, lines }) => ({
      key,
      label: labelOf(group, lines),
      amount: money(lines.reduce((sum, line) => sum + line.fullCents, 0)),
    })),
  );
  const savings = sumSavings(cart);
  const off = savings.map(({ reason, offCents, percent, code }) => ({
    key: `${reason}/${percent}/${code}`,
    label: t(`off.${reason}`, { percent: percent ?? 0, code: code ?? '' }),
    amount: money(-offCents),
  }));
  return <Sums rows={[...full, ...off]} total={{ label: t('total'), amount: money(cart.totalCents) }} />;

  function labelOf({ bib }: CartGroup, lines: CartLineView[]): string {
    const [line] = lines;
    if (line?.kind === 'whole-event') return t('wholeEvent');
    if (line?.kind === 'all-photos') return t('allPhotos', { bib: line.bib ?? '' });
    const said = t(`photosOf.${line?.size ?? 'original'}`, { count: lines.length });
    return several && bib !== null ? t('ofBib', { photos: said, bib }) : said;
  }
}

/** Lines that are told as one: photos of one size; each line of all photos alone. What another line covers is left out. */
function rowsOf({ lines, eventId, bib }: CartGroup): { key: string; lines: CartLineView[] }[] {
  const paid = lines.filter(({ reason }) => reason !== 'included');
  const photos = (['original', 'web'] as const).map((size) => ({
    key: `${eventId}/${bib}/${size}`,
    lines: paid.filter((line) => line.kind === 'photo' && line.size === size),
  }));
  const alone = paid
    .filter((line) => line.kind !== 'photo')
    .map((line) => ({ key: line.lineId, lines: [line] }));
  return [...alone, ...photos.filter((row) => row.lines.length > 0)];
}
