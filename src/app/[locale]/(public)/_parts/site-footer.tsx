import { getLocale, getTranslations } from 'next-intl/server';
import { isLocale } from '#app/_web/locales.ts';
import { LanguageSwitch } from '#ui/LanguageSwitch.client.tsx';

export async function SiteFooter() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')]);
  return (
    <footer className="foot wrap">
      <p>{t('footer.rights')}</p>
      <nav aria-label={t('nav.information')}>
        <a href={`/${locale}/events`}>{t('nav.events')}</a>
        <a href={`/${locale}/pro`}>{t('footer.photographers')}</a>
        <a href={`/${locale}/withdrawal`}>{t('footer.withdrawal')}</a>
        <a href={`/${locale}/legal`}>{t('footer.legal')}</a>
        {isLocale(locale) ? <LanguageSwitch locale={locale} label={t('language.label')} /> : null}
      </nav>
    </footer>
  );
}
