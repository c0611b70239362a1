'use client';

import { useSyncExternalStore } from 'react';
import type { CartSummary } from '#domain/orders/cart.ts';

const ADDRESS = '/api/cart/summary';
const NOTHING: CartSummary = {
  photoCount: 0,
  totalCents: 0,
  currency: null,
  photoIds: [],
  packs: [],
  wholeEvents: [],
  runners: [],
};

let summary: CartSummary = NOTHING;
let asked = false;
const listeners = new Set<() => void>();

/** The visitor's cart, fetched once per document and again after each change. Empty until it is known. */
export function useCartSummary(): CartSummary {
  return useSyncExternalStore(
    subscribe,
    () => summary,
    () => NOTHING,
  );
}

export async function refreshCartSummary(): Promise<void> {
  const response = await fetch(ADDRESS, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!response?.ok) return;
  summary = await response.json();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    void refreshCartSummary();
    // A page that comes back from the browser's memory, or from behind another tab, may show an old cart.
    window.addEventListener('pageshow', (shown) => {
      if (shown.persisted) void refreshCartSummary();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void refreshCartSummary();
    });
  }
  return () => listeners.delete(listener);
}
