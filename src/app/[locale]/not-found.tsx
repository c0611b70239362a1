import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '#ui/EmptyState.tsx';

export default async function NotFound() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')]);
  return (
    <main id="content">
      <EmptyState
        title={t('notFound.title')}
        heading="h1"
        actions={
          <a className="button" data-kind="primary" href={`/${locale}`}>
            {t('notFound.home')}
          </a>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </main>
  );
}
