import '#ui/styles/credits.css';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import { RefreshWhileWaiting } from '#app/_web/refresh-while.client.tsx';
import { CREDITS_PER_PHOTO, LOW_CREDITS, WELCOME_CREDITS } from '#domain/credits/credits.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { listCreditEntries } from '#domain/credits/list-credit-entries.ts';
import { listCreditOrders } from '#domain/orders/list-credit-orders.ts';
import { Notice } from '#ui/Notice.tsx';
import { BoughtNotice, CreditOrders } from './_parts/credit-orders.tsx';
import { Movements } from './_parts/movements.tsx';
import { PackShop } from './_parts/pack-shop.tsx';

interface CreditsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'after' | 'before' | 'order', string | string[]>>>;
}

const PAGE = 50;
const ORDERS = 10;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pro.credits');
  return { title: t('title') };
}

/** The organisation's credits: how many are left, packs to buy, what was bought, and each movement. */
export default async function CreditsPage({ params, searchParams }: CreditsPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const here = `/${locale}/pro/credits`;
  const ctx = await requireProPage(locale, here);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const before = typeof query.before === 'string' ? query.before : undefined;
  // The first look opens the account, so that its welcome stands in the list.
  const balance = await getCreditBalance(ctx);
  const { entries, next } = await listCreditEntries(ctx, { after, limit: PAGE }).catch(absentPage);
  const found = await listCreditOrders(ctx, { after: before, limit: ORDERS + 1 }).catch(absentPage);
  const orders = found.slice(0, ORDERS);
  const bought = orders.find(({ number }) => number === query.order);
  const oldest = found.length > ORDERS ? orders.at(-1)?.orderId : undefined;
  const [t, format] = await Promise.all([getTranslations('pro.credits'), getFormatter()]);
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('title')}</h1>
      {bought ? <BoughtNotice order={bought} /> : null}
      {bought?.state === 'pending' || bought?.state === 'processing' ? <RefreshWhileWaiting /> : null}
      <dl className="kpis">
        <div className="figure">
          <dt>{t('left')}</dt>
          <dd>{format.number(balance)}</dd>
        </div>
      </dl>
      {balance < LOW_CREDITS ? <Notice state="warn">{t('low', { credits: balance })}</Notice> : null}
      <p className="muted prose">
        {t('about', {
          perPhoto: CREDITS_PER_PHOTO.lite,
          premium: CREDITS_PER_PHOTO.premium,
          welcome: WELCOME_CREDITS,
        })}
      </p>
      {ctx.payments.name === 'none' ? null : <PackShop ctx={ctx} />}
      <CreditOrders
        orders={orders}
        older={oldest ? `${here}?before=${oldest}#orders` : null}
        locale={locale}
      />
      <Movements
        entries={entries}
        first={after ? here : null}
        next={next ? `${here}?after=${next}#movements` : null}
        locale={locale}
      />
    </main>
  );
}
