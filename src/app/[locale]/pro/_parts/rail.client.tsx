'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '#ui/Icon.tsx';

export interface RailLink {
  href: string;
  label: string;
  note?: string;
}

interface RailProps {
  brand: ReactNode;
  home: RailLink;
  create: RailLink;
  events: RailLink[];
  words: { label: string; events: string; none: string; open: string; close: string };
  children: ReactNode;
}

/** The events at the left of the desk; on a phone a bar that opens. */
export function Rail({ brand, home, create, events, words, children }: RailProps) {
  const [open, setOpen] = useState(false);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu.
  useEffect(() => setOpen(false), [path]);
  return (
    <nav className="rail" aria-label={words.label} data-open={open ? '' : undefined}>
      <div className="rail-top">
        {brand}
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-expanded={open}
          aria-controls="rail-body"
          aria-label={open ? words.close : words.open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'x' : 'menu'} />
        </button>
      </div>
      <div className="rail-body" id="rail-body">
        <Link className="rail-home" href={home.href} aria-current={path === home.href ? 'page' : undefined}>
          <Icon name="chart" />
          {home.label}
        </Link>
        <p className="rail-label">
          {words.events}
          <Link href={create.href} aria-label={create.label} title={create.label}>
            <Icon name="plus" />
          </Link>
        </p>
        {events.length === 0 ? <p className="rail-none">{words.none}</p> : null}
        <ul>
          {events.map((event) => (
            <li key={event.href}>
              <Link
                href={event.href}
                prefetch={false}
                aria-current={path === event.href || path.startsWith(`${event.href}/`) ? 'page' : undefined}
              >
                <span>{event.label}</span>
                <small>{event.note}</small>
              </Link>
            </li>
          ))}
        </ul>
        <div className="rail-foot">{children}</div>
      </div>
    </nav>
  );
}
