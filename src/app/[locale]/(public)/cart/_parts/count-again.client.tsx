'use client';

import { useEffect } from 'react';
import { refreshCartSummary } from '#app/_web/cart-summary.client.ts';

/** Has the header count again when the cart on the page has changed: the button that changed it may be gone with its line. */
export function CountAgain({ cart }: { cart: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `cart` is what changed.
  useEffect(() => void refreshCartSummary(), [cart]);
  return null;
}
