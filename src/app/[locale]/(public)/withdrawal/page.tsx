import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { WithdrawalForm } from './withdrawal-form.client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invoices.withdrawal');
  return { title: t('title') };
}

/** The online withdrawal function, for who has no order page at hand (directive 2023/2673, art. 11a). */
export default async function WithdrawalPage() {
  const t = await getTranslations('invoices.withdrawal');
  return (
    <div className="narrow stack">
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <ClientMessages namespaces={['invoices']}>
        <WithdrawalForm />
      </ClientMessages>
      <p className="small muted">{t('byLink')}</p>
      <p className="small muted">{t('law')}</p>
    </div>
  );
}
