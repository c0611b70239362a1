'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

export function EventTabs({
  label,
  home,
  tabs,
}: {
  label: string;
  home: string;
  tabs: { href: string; label: string }[];
}) {
  const path = usePathname();
  const isHere = (href: string) => path === href || (href !== home && path.startsWith(`${href}/`));
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={isHere(tab.href) ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
