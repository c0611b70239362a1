import { getTranslations } from 'next-intl/server';
import { lookWithOrder } from '#app/[locale]/(public)/_parts/claim-actions.ts';
import type { OrderView } from '#domain/orders/get-order.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface OrderMissingProps {
  order: OrderView;
  secret: string;
  locale: string;
}

/** The way to the photos without a runner, where this order speaks for its buyer: one for each runner it was made for. */
export async function OrderMissing({ order, secret, locale }: OrderMissingProps) {
  const t = await getTranslations('found');
  const runners = new Map(
    order.lines.flatMap(({ bib, eventSlug }) =>
      bib && eventSlug ? [[`${eventSlug}/${bib}`, { bib, eventSlug }] as const] : [],
    ),
  );
  if (runners.size === 0) return null;
  return (
    <section className="panel stack">
      <h2>{t('missingTitle')}</h2>
      <p className="small">{t('missingText')}</p>
      {[...runners].map(([key, { bib, eventSlug }]) => (
        <form key={key} action={lookWithOrder}>
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="secret" value={secret} />
          <input type="hidden" name="slug" value={eventSlug} />
          <input type="hidden" name="bib" value={bib} />
          <SubmitButton kind="plain" pending={t('pending')}>
            {t('fromOrder', { bib })}
          </SubmitButton>
        </form>
      ))}
    </section>
  );
}
