import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { PayTop } from '#app/[locale]/(pay)/_parts/pay-top.tsx';
import { PaymentForm } from '#app/[locale]/(pay)/pay/[secret]/_parts/payment-form.client.tsx';
import { getPaymentForm } from '#domain/orders/get-payment-form.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';

interface PayProps {
  params: Promise<{ locale: string; secret: string }>;
}

/** The address is the order's key: it must not leave with a link, nor enter an index. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop');
  return { title: t('payment.title'), robots: { index: false, follow: false }, referrer: 'same-origin' };
}

/** The provider's own form for an order that waits for its payment. It sets nothing: notices do. */
export default async function PayPage({ params }: PayProps) {
  const { locale, secret } = await params;
  const [ctx, t] = await Promise.all([requestContext(locale), getTranslations('shop')]);
  const form = await getPaymentForm(ctx, { secret }).catch(absentPage);
  const orderPath = `/${locale}/orders/${encodeURIComponent(secret)}`;
  if (form.outcome === 'none') redirect(orderPath);
  const price = formatMoney(form.totalCents, form.currency, locale);
  const { clientSecret, publishableKey, scriptUrl, returnUrl, email } = form;
  return (
    <div className="pay">
      <PayTop back={{ href: orderPath, label: t('payment.toOrder') }}>{t('checkout.secure')}</PayTop>
      <main id="content" tabIndex={-1}>
        <div className="screen">
          <h1>{t('payment.title')}</h1>
          <p className="screen-lead">{t('payment.lead', { number: form.number, price })}</p>
          <noscript>
            <Notice state="warn">{t('payment.noScript')}</Notice>
          </noscript>
          <PaymentForm
            {...{ clientSecret, publishableKey, scriptUrl, returnUrl, email, locale }}
            words={{
              form: t('payment.form'),
              loading: t('payment.loading'),
              pay: t('payment.pay', { price }),
              paying: t('payment.paying'),
              unreachable: t('payment.unreachable'),
              retry: t('payment.retry'),
              failed: t('payment.failed'),
            }}
          />
          <p className="screen-lead">{t('payment.note')}</p>
        </div>
      </main>
    </div>
  );
}
