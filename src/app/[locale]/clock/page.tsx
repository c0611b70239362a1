import '#ui/styles/clock.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { ClockScreen } from './clock-screen.client.tsx';

interface ClockProps {
  params: Promise<{ locale: string }>;
}

export async function generateMetadata({ params }: ClockProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'clocks' });
  return { title: t('page.title'), description: t('page.how') };
}

/** The exact time, for every camera to take a photo of. */
export default async function ClockPage() {
  const t = await getTranslations('clocks');
  return (
    <main id="content" className="clock" tabIndex={-1}>
      <h1 className="sr-only">{t('page.title')}</h1>
      <ClientMessages namespaces={['clocks']}>
        <ClockScreen />
      </ClientMessages>
      <p className="clock-how">{t('page.how')}</p>
      <noscript>{t('page.noScript')}</noscript>
    </main>
  );
}
