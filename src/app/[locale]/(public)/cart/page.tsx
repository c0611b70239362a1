import '#ui/styles/shop.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cartToken } from '#app/_web/cart-token.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { CartSums } from '#app/[locale]/(public)/_parts/cart-sums.tsx';
import { CartEvent } from '#app/[locale]/(public)/cart/_parts/cart-event.tsx';
import { CountAgain } from '#app/[locale]/(public)/cart/_parts/count-again.client.tsx';
import { PromoForm } from '#app/[locale]/(public)/cart/_parts/promo-form.tsx';
import type { CartGroup } from '#domain/orders/cart.ts';
import { getCart } from '#domain/orders/get-cart.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';

interface CartProps {
  params: Promise<{ locale: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop');
  return { title: t('cart.title'), robots: { index: false } };
}

export default async function CartPage({ params }: CartProps) {
  const { locale } = await params;
  const [ctx, token, t] = await Promise.all([requestContext(locale), cartToken(), getTranslations('shop')]);
  const cart = await getCart(ctx, { token });
  const currency = cart.currency ?? 'eur';
  const gone =
    cart.goneLines > 0 ? <Notice state="warn">{t('cart.gone', { count: cart.goneLines })}</Notice> : null;
  if (cart.lineCount === 0) {
    return (
      <div className="wrap basket">
        <CountAgain cart="" />
        {gone}
        <EmptyState
          heading="h1"
          title={t('cart.emptyTitle')}
          actions={
            <a className="button" data-kind="primary" href={`/${locale}/events`}>
              {t('cart.toEvents')}
            </a>
          }
        >
          {t('cart.emptyText')}
        </EmptyState>
      </div>
    );
  }
  const price = formatMoney(cart.totalCents, currency, locale);
  return (
    <div className="wrap basket">
      <CountAgain cart={`${cart.lineCount}/${cart.totalCents}`} />
      <header>
        <h1>{t('cart.title')}</h1>
        <p>{t('cart.lead', { count: cart.lineCount })}</p>
      </header>
      {gone}
      <div className="split">
        <div className="stack" style={{ '--gap': 'var(--s6)' } as React.CSSProperties}>
          {groupByEvent(cart.groups).map((groups) => (
            <CartEvent key={groups[0].eventId} groups={groups} cart={cart} locale={locale} />
          ))}
        </div>
        <aside className="panel stack basket-sum" aria-label={t('cart.summary')}>
          <CartSums cart={cart} locale={locale} />
          <PromoForm cart={cart} locale={locale} />
          <a className="button" data-kind="primary" data-wide="" href={`/${locale}/checkout`}>
            {cart.totalCents === 0 ? t('cart.free') : t('cart.pay', { price })}
          </a>
          <p className="small muted">{t('cart.note')}</p>
        </aside>
      </div>
    </div>
  );
}

/** In the order in which the events came into the cart. */
function groupByEvent(groups: CartGroup[]): [CartGroup, ...CartGroup[]][] {
  const events = new Map<string, [CartGroup, ...CartGroup[]]>();
  for (const group of groups) {
    const event = events.get(group.eventId);
    if (event) event.push(group);
    else events.set(group.eventId, [group]);
  }
  return [...events.values()];
}
