'use client';

import { useEffect, useState } from 'react';

const PREFIX = /^\/(fr|en)(?=\/|$)/;

interface LanguageSwitchProps {
  locale: 'fr' | 'en';
  label: string;
}

const NAME_OF_LOCALE = { fr: 'Français', en: 'English' } as const;

/** The same page in the other language. Without script it leads to the other language's first page. */
export function LanguageSwitch({ locale, label }: LanguageSwitchProps) {
  const other = locale === 'fr' ? 'en' : 'fr';
  const [href, setHref] = useState(`/${other}`);
  useEffect(() => setHref(sameAddress(other)), [other]);
  return (
    <a
      href={href}
      hrefLang={other}
      lang={other}
      aria-label={`${label}: ${NAME_OF_LOCALE[other]}`}
      onPointerDown={() => setHref(sameAddress(other))}
      onFocus={() => setHref(sameAddress(other))}
    >
      {NAME_OF_LOCALE[other]}
    </a>
  );
}

function sameAddress(locale: 'fr' | 'en'): string {
  const { pathname, search } = window.location;
  return `${pathname.replace(PREFIX, `/${locale}`)}${search}`;
}
