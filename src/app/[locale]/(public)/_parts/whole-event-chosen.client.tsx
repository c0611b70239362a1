'use client';

import type { ReactNode } from 'react';
import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import { Icon } from '#ui/Icon.tsx';

interface WholeEventChosenProps {
  eventId: string;
  cartHref: string;
  words: { chosen: string; toCart: string };
  /** The way into the cart. */
  children: ReactNode;
}

/** The way on to the cart once the whole event is in it. */
export function WholeEventChosen({ eventId, cartHref, words, children }: WholeEventChosenProps) {
  const { wholeEvents } = useCartSummary();
  if (!wholeEvents.includes(eventId)) return children;
  return (
    <div className="stack">
      <p className="row" role="status">
        <Icon name="check" />
        {words.chosen}
      </p>
      <a className="button" data-kind="primary" data-wide="" href={cartHref}>
        {words.toCart}
      </a>
    </div>
  );
}
