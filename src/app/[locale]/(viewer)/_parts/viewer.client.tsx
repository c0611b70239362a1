'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '#ui/Icon.tsx';

export interface Neighbour {
  href: string;
  previewUrl: string;
}

interface ViewerProps {
  back: string;
  previous: Neighbour | null;
  next: Neighbour | null;
  place: string;
  words: { close: string; previous: string; next: string; share: string; copied: string };
  children: ReactNode;
}

const LEAST_SWIPE_PX = 48;

/** Turns with the arrow keys and by swipe, closes with Escape, and fetches the neighbours ahead. */
export function Viewer({ back, previous, next, place, words, children }: ViewerProps) {
  const router = useRouter();
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    for (const neighbour of [next, previous]) {
      if (neighbour) new Image().src = neighbour.previewUrl;
    }
  }, [next, previous]);

  useEffect(() => {
    function turnByKey(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === 'Escape') return leave(back);
      const neighbour = event.key === 'ArrowRight' ? next : event.key === 'ArrowLeft' ? previous : null;
      if (neighbour) router.replace(neighbour.href, { scroll: false });
    }
    window.addEventListener('keydown', turnByKey);
    return () => window.removeEventListener('keydown', turnByKey);
  }, [back, next, previous, router]);

  function endSwipe(x: number, y: number) {
    const from = start.current;
    start.current = null;
    if (!from || (window.visualViewport?.scale ?? 1) > 1) return;
    const [across, down] = [x - from.x, y - from.y];
    if (Math.abs(across) < LEAST_SWIPE_PX || Math.abs(across) < Math.abs(down) * 1.5) return;
    const neighbour = across < 0 ? next : previous;
    if (neighbour) router.replace(neighbour.href, { scroll: false });
  }

  return (
    <>
      <header className="viewer-top">
        <a
          className="button"
          data-kind="icon"
          href={back}
          aria-label={words.close}
          onClick={(click) => {
            if (!cameFrom(back)) return;
            click.preventDefault();
            leave(back);
          }}
        >
          <Icon name="x" />
        </a>
        <p className="num">{place}</p>
        <div className="row">
          <ShareButton label={words.share} copied={words.copied} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the swipe doubles the links and the arrow keys. */}
      <div
        className="stage"
        onContextMenu={(event) => {
          const byPointer = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType !== '';
          if (byPointer && event.target instanceof HTMLImageElement) event.preventDefault();
        }}
        onTouchStart={(event) => {
          const touch = event.touches.length === 1 ? event.touches[0] : undefined;
          start.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
        }}
        onTouchEnd={(event) => {
          const touch = event.changedTouches[0];
          if (touch) endSwipe(touch.clientX, touch.clientY);
        }}
      >
        <Turn to="previous" neighbour={previous} label={words.previous} />
        {children}
        <Turn to="next" neighbour={next} label={words.next} />
      </div>
    </>
  );
}

function Turn({
  to,
  neighbour,
  label,
}: {
  to: 'previous' | 'next';
  neighbour: Neighbour | null;
  label: string;
}) {
  if (!neighbour) return null;
  return (
    <Link
      className="turn"
      data-to={to}
      href={neighbour.href}
      aria-label={label}
      replace
      scroll={false}
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

/** Back to the very place in the gallery when the visitor comes from there. */
function leave(back: string): void {
  if (cameFrom(back)) window.history.back();
  else window.location.assign(back);
}

function cameFrom(back: string): boolean {
  if (window.history.length < 2 || document.referrer === '') return false;
  const from = new URL(document.referrer);
  const home = new URL(back, window.location.href);
  return from.origin === home.origin && from.pathname.startsWith(home.pathname);
}
