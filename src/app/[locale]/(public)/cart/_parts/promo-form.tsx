import { getTranslations } from 'next-intl/server';
import type { CartPromo, CartView } from '#domain/orders/cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';
import { givePromoCode } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';

/** The promo code of the cart: what it takes off or why it does not, and the field for another one. */
export async function PromoForm({ cart, locale }: { cart: CartView; locale: string }) {
  const t = await getTranslations('shop.promo');
  const { promo } = cart;
  const money = (cents: number) => formatMoney(cents, cart.currency ?? 'eur', locale);
  if (promo) {
    const holds = promo.offCents > 0;
    return (
      <form action={givePromoCode} className="promo">
        <input type="hidden" name="code" value="" />
        <Notice state={holds ? 'good' : 'warn'} live>
          {holds
            ? t('holds', { code: promo.code, price: money(promo.offCents) })
            : t(reasonOf(promo), { code: promo.code, price: money(promo.missingCents) })}
        </Notice>
        <CartButton kind="quiet" pending={t('pending')} label={t('removeCode', { code: promo.code })}>
          {t('remove')}
        </CartButton>
      </form>
    );
  }
  if (cart.totalCents === 0) return null;
  return (
    <details className="fold">
      <summary>{t('open')}</summary>
      <form action={givePromoCode} className="search">
        <label className="sr-only" htmlFor="promo-code">
          {t('label')}
        </label>
        <input
          id="promo-code"
          name="code"
          className="input"
          required
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <CartButton pending={t('pending')}>{t('apply')}</CartButton>
      </form>
    </details>
  );
}

function reasonOf({ refusal, missingCents }: CartPromo) {
  if (refusal !== null) return `refused.${refusal}` as const;
  return missingCents > 0 ? 'missing' : 'nothing';
}
