'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** The operator's pages. The path is compared by its end: its secret part differs from the route's own name. */
export function AdminTabs({ label, tabs }: { label: string; tabs: { href: string; label: string }[] }) {
  const here = usePathname().split('/').at(3) ?? '';
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={(tab.href.split('/').at(3) ?? '') === here ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
