import { useRouter } from 'next/navigation';
import { type TouchEvent, useEffect, useRef } from 'react';

export interface Neighbour {
  href: string;
  previewUrl: string;
}

interface Neighbours {
  back: string;
  previous: Neighbour | null;
  next: Neighbour | null;
}

const LEAST_SWIPE_PX = 48;

/** Arrow keys turn and Escape closes; the neighbours' previews are fetched ahead. Gives what a swipe needs. */
export function useTurning({ back, previous, next }: Neighbours) {
  const router = useRouter();

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

  return useSwipe((direction) => {
    const neighbour = direction === 'left' ? next : previous;
    if (neighbour) router.replace(neighbour.href, { scroll: false });
  });
}

/** One finger across, not down, and not while the page is enlarged. */
function useSwipe(turn: (direction: 'left' | 'right') => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      start.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const [from, touch] = [start.current, event.changedTouches[0]];
      start.current = null;
      if (!from || !touch || (window.visualViewport?.scale ?? 1) > 1) return;
      const [across, down] = [touch.clientX - from.x, touch.clientY - from.y];
      if (Math.abs(across) < LEAST_SWIPE_PX || Math.abs(across) < Math.abs(down) * 1.5) return;
      turn(across < 0 ? 'left' : 'right');
    },
  };
}

/** Back to the very place in the gallery when the visitor comes from there. */
export function leave(back: string): void {
  if (cameFrom(back)) window.history.back();
  else window.location.assign(back);
}

function cameFrom(back: string): boolean {
  if (window.history.length < 2 || document.referrer === '') return false;
  const from = new URL(document.referrer);
  const home = new URL(back, window.location.href);
  return from.origin === home.origin && from.pathname.startsWith(home.pathname);
}
