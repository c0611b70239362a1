import { getTranslations } from 'next-intl/server';
import { Icon } from '#ui/Icon.tsx';

/** The way back, the shop's name, and nothing else. */
export async function PayTop({
  back,
  children,
}: {
  back: { href: string; label: string };
  children?: string;
}) {
  const t = await getTranslations('common');
  return (
    <header className="pay-top">
      <a className="act" href={back.href}>
        <Icon name="left" />
        {back.label}
      </a>
      <b>{t('brand')}</b>
      <span>
        <Icon name="lock" />
        {children}
      </span>
    </header>
  );
}
