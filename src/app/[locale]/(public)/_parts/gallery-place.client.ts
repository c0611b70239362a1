import type { PhotoCard } from '#ui/photo-card.ts';

interface Place {
  photos: PhotoCard[];
  next: string | null;
  scrollY: number;
}

const MOST_KEPT = 1000;

/** Remembers how far a gallery was scrolled, for browsers that do not keep the page itself. */
export function keepPlace(place: Place): void {
  if (place.photos.length > MOST_KEPT) return;
  try {
    sessionStorage.setItem(keyOfPage(), JSON.stringify(place));
  } catch {
    // Storage is full or forbidden: the gallery then opens at its start.
  }
}

/** The place kept when this page was left, if the visitor comes back to it. Null otherwise. */
export function restorePlace(): Place | null {
  const [visit] = performance.getEntriesByType('navigation');
  if (!(visit instanceof PerformanceNavigationTiming) || visit.type !== 'back_forward') return null;
  try {
    const kept = sessionStorage.getItem(keyOfPage());
    return kept ? JSON.parse(kept) : null;
  } catch {
    return null;
  }
}

function keyOfPage(): string {
  return `gallery ${window.location.pathname}${window.location.search}`;
}
