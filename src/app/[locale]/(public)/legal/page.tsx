import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { addresses } from '#app/[locale]/(public)/_parts/seo.ts';
import { Operator, Sales } from './_parts/company.tsx';

interface LegalProps {
  params: Promise<{ locale: string }>;
}

export const revalidate = 3600;
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: LegalProps): Promise<Metadata> {
  const { locale } = await params;
  const [ctx, t] = await Promise.all([publicContext(locale), getTranslations('public')]);
  return { title: t('legal.title'), alternates: addresses(ctx, locale, '/legal') };
}

/** What is true of every installation. Who runs this one is the operator's to say. */
export default async function LegalPage({ params }: LegalProps) {
  const { locale } = await params;
  const [ctx, t] = await Promise.all([publicContext(locale), getTranslations('public')]);
  return (
    <article className="narrow stack" data-wide="" style={{ '--gap': 'var(--s6)' } as React.CSSProperties}>
      <h1>{t('legal.title')}</h1>
      <section className="stack">
        <h2>{t('legal.operatorTitle')}</h2>
        <Operator config={ctx.config} />
        <p>{t('legal.address', { address: ctx.config.publicUrl })}</p>
      </section>
      <Sales config={ctx.config} locale={locale} />
      <section className="stack">
        <h2>{t('legal.rightsTitle')}</h2>
        <p>{t('legal.rightsText')}</p>
      </section>
      <section className="stack">
        <h2>{t('legal.dataTitle')}</h2>
        <p>{t('legal.dataBibs')}</p>
        <p>{t('legal.dataStartList')}</p>
        <p>{t('legal.dataIndex')}</p>
        <p>{t('legal.dataCart')}</p>
        <p>{t('legal.dataOrder')}</p>
        {ctx.config.stripeSecretKey === null ? null : <p>{t('legal.dataStripe')}</p>}
        <p>{t('legal.dataClaims')}</p>
      </section>
      <section className="stack">
        <h2>{t('legal.requestTitle')}</h2>
        <p>{t('legal.requestText')}</p>
      </section>
    </article>
  );
}
