'use client';

import type { CSSProperties } from 'react';
import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import {
  type CartActions,
  type FormAction,
  PhotoFields,
  useCartAfterSubmit,
} from '#app/[locale]/(public)/_parts/add-photo.client.tsx';
import { Icon } from '#ui/Icon.tsx';

interface BuyPhotoProps {
  actions: CartActions;
  eventId: string;
  photoId: string;
  bib: string | null;
  cartHref: string;
  /** All the runner's photos at once. */
  pack: { action: FormAction; label: string } | null;
  words: { add: string; chosen: string; inPack: string; remove: string; toCart: string; pending: string };
}

/** Into the cart with its price, or on to the cart that already has it. */
export function BuyPhoto({ actions, cartHref, pack, words, ...photo }: BuyPhotoProps) {
  const { photoIds, packs } = useCartSummary();
  const inPack = packs.some((bought) => bought.eventId === photo.eventId && bought.bib === photo.bib);
  const chosen = photoIds.includes(photo.photoId);
  if (!chosen && !inPack) {
    return (
      <div className="stack" style={{ '--gap': 'var(--s3)' } as CSSProperties}>
        <form action={actions.add}>
          <PhotoFields {...photo} />
          <BuyButton label={words.add} pendingLabel={words.pending} primary />
        </form>
        {pack ? (
          <form action={pack.action}>
            <PhotoFields {...photo} />
            <BuyButton label={pack.label} pendingLabel={words.pending} />
          </form>
        ) : null}
      </div>
    );
  }
  return (
    <div className="stack">
      <p className="row" role="status">
        <Icon name="check" />
        {inPack ? words.inPack : words.chosen}
      </p>
      <a className="button" data-kind="primary" data-wide="" href={cartHref}>
        {words.toCart}
      </a>
      {inPack ? null : (
        <form action={actions.remove}>
          <PhotoFields {...photo} />
          <BuyButton label={words.remove} pendingLabel={words.pending} />
        </form>
      )}
    </div>
  );
}

function BuyButton({
  label,
  pendingLabel,
  primary,
}: {
  label: string;
  pendingLabel: string;
  primary?: boolean;
}) {
  const pending = useCartAfterSubmit();
  return (
    <button
      type="submit"
      className="button"
      data-kind={primary ? 'primary' : 'quiet'}
      data-wide=""
      aria-busy={pending}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : null}
      {pending ? pendingLabel : label}
    </button>
  );
}
