import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import type { Context } from '#context.ts';
import { getFileCredit } from '#domain/orders/get-file-credit.ts';
import { CreditForm } from './credit-form.client.tsx';

/** The seller's credit in the files that leave. */
export async function CreditSection({ ctx, eventId }: { ctx: Context; eventId: string }) {
  const [found, t] = await Promise.all([getFileCredit(ctx, { eventId }), getTranslations('prices.credit')]);
  return (
    <section className="panel stack sales-part" aria-labelledby="file-credit">
      <header>
        <h2 id="file-credit">{t('title')}</h2>
      </header>
      <p className="muted small">{t('lead')}</p>
      <ClientMessages namespaces={['prices']}>
        <CreditForm eventId={eventId} credit={found?.credit ?? ''} licence={found?.licence ?? ''} />
      </ClientMessages>
    </section>
  );
}
