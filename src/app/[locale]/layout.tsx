import '#ui/styles/tokens.css';
import '#ui/styles/base.css';
import '#ui/styles/components.css';
import '#ui/styles/forms.css';
import '#ui/styles/parts.css';
import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { geist } from '#app/_web/font.ts';
import { isLocale } from '#app/_web/locales.ts';
import { IconSprite } from '#ui/Icon.tsx';

interface RootLayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#121314' },
  ],
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return {
    title: { default: t('brand'), template: `%s – ${t('brand')}` },
    description: t('tagline'),
    applicationName: t('brand'),
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export default async function RootLayout({ children, params }: RootLayoutProps) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const t = await getTranslations('common');
  return (
    <html lang={locale} className={geist.variable}>
      <body>
        <a className="skip" href="#content">
          {t('skip')}
        </a>
        <IconSprite />
        {children}
      </body>
    </html>
  );
}
