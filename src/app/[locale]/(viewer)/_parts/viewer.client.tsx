'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { discourageSaving } from '#ui/discourage-saving.ts';
import { Icon } from '#ui/Icon.tsx';
import { leave, type Neighbour, useTurning } from './use-turning.client.ts';

interface ViewerProps {
  back: string;
  previous: Neighbour | null;
  next: Neighbour | null;
  place: string;
  words: { close: string; previous: string; next: string; share: string; copied: string };
  children: ReactNode;
}

/** The photo between its neighbours: turned by keys, swipe or links, closed by Escape or the cross. */
export function Viewer({ back, previous, next, place, words, children }: ViewerProps) {
  const swipe = useTurning({ back, previous, next });
  return (
    <>
      <header className="viewer-top">
        <CloseLink back={back} label={words.close} />
        <p className="num">{place}</p>
        <div className="row">
          <ShareButton label={words.share} copied={words.copied} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the swipe doubles the links and the arrow keys. */}
      <div className="stage" onContextMenu={discourageSaving} {...swipe}>
        <Turn to="previous" neighbour={previous} label={words.previous} />
        {children}
        <Turn to="next" neighbour={next} label={words.next} />
      </div>
    </>
  );
}

function CloseLink({ back, label }: { back: string; label: string }) {
  return (
    <a
      className="button"
      data-kind="icon"
      href={back}
      aria-label={label}
      onClick={(click) => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        click.preventDefault();
        leave(back);
      }}
    >
      <Icon name="x" />
    </a>
  );
}

interface TurnProps {
  to: 'previous' | 'next';
  neighbour: Neighbour | null;
  label: string;
}

function Turn({ to, neighbour, label }: TurnProps) {
  if (!neighbour) return null;
  return (
    <Link
      className="turn"
      data-to={to}
      href={neighbour.href}
      aria-label={label}
      replace
      scroll={false}
      // The server has no part of a page that was not asked for yet: each would be a request for nothing.
      prefetch={false}
      rel={to === 'next' ? 'next' : 'prev'}
    >
      <Icon name={to === 'next' ? 'right' : 'left'} />
    </Link>
  );
}

/** Shares by the phone's own sheet, or copies the address and says so. */
function ShareButton({ label, copied }: { label: string; copied: string }) {
  const [done, setDone] = useState(false);
  async function share() {
    const url = window.location.href;
    if (navigator.share) {
      await navigator.share({ url, title: document.title }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(url);
    setDone(true);
  }
  return (
    <>
      <span className="small" role="status">
        {done ? copied : null}
      </span>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label={label}
        onClick={() => void share()}
      >
        <Icon name={done ? 'check' : 'share'} />
      </button>
    </>
  );
}
