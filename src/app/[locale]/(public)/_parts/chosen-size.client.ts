'use client';

import { useSyncExternalStore } from 'react';
import type { PhotoSize } from '#domain/pricing/offer.ts';

const KEY = 'photo size';

let wished: PhotoSize | null = null;
let read = false;
const listeners = new Set<() => void>();

/** The size that the buttons beside photos add: what was wished in this tab, else the first that can be had. */
export function useChosenSize(sizes: PhotoSize[]): PhotoSize {
  const wish = useSyncExternalStore(subscribe, readWish, () => null);
  return wish !== null && sizes.includes(wish) ? wish : (sizes[0] ?? 'original');
}

export function chooseSize(size: PhotoSize): void {
  wished = size;
  try {
    sessionStorage.setItem(KEY, size);
  } catch {
    // Storage is forbidden: the wish lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function readWish(): PhotoSize | null {
  if (!read) {
    read = true;
    try {
      const kept = sessionStorage.getItem(KEY);
      if (kept === 'web' || kept === 'original') wished = kept;
    } catch {
      // Storage is forbidden: nothing was wished.
    }
  }
  return wished;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
