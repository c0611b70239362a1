import { getLocale, getTranslations } from 'next-intl/server';
import { Brand } from '#ui/Brand.tsx';
import { Icon } from '#ui/Icon.tsx';
import { CartLink } from './cart-link.client.tsx';

/** The same for everybody: who is signed in and what is in the cart is asked by the browser. */
export async function SiteHeader() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')]);
  return (
    <header className="top">
      <Brand href={`/${locale}`} name={t('brand')} />
      <nav aria-label={t('nav.visit')}>
        <a className="button top-wide" data-kind="quiet" href={`/${locale}/events`}>
          {t('nav.events')}
        </a>
        <a className="button" data-kind="quiet" href={`/${locale}/account`} aria-label={t('nav.account')}>
          <Icon name="user" />
        </a>
        <CartLink locale={locale} label={t('nav.cart')} item={t('nav.item')} items={t('nav.items')} />
      </nav>
    </header>
  );
}
