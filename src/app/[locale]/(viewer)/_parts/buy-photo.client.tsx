'use client';

import type { CSSProperties } from 'react';
import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import {
  type FormAction,
  PhotoFields,
  useCartAfterSubmit,
} from '#app/[locale]/(public)/_parts/add-photo.client.tsx';
import type { PhotoSize } from '#domain/pricing/offer.ts';
import { Icon } from '#ui/Icon.tsx';

interface BuyPhotoProps {
  remove: FormAction;
  eventId: string;
  photoId: string;
  bib: string | null;
  cartHref: string;
  /** What the photo can be had as, the first one foremost; `action`: puts it into the cart. */
  sizes: { size: PhotoSize; label: string; action: FormAction }[];
  /** All the runner's photos at once. */
  pack: { action: FormAction; label: string } | null;
  words: { chosen: string; inPack: string; remove: string; toCart: string; pending: string };
}

/** Into the cart with its price, or on to the cart that already has it. */
export function BuyPhoto({ remove, cartHref, sizes, pack, words, ...photo }: BuyPhotoProps) {
  const { photoIds, packs } = useCartSummary();
  const inPack = packs.some((bought) => bought.eventId === photo.eventId && bought.bib === photo.bib);
  const chosen = photoIds.includes(photo.photoId);
  if (!chosen && !inPack) {
    return (
      <div className="stack" style={{ '--gap': 'var(--s3)' } as CSSProperties}>
        {sizes.map(({ size, label, action }, index) => (
          <form action={action} key={size}>
            <PhotoFields {...photo} size={size} />
            <BuyButton label={label} pendingLabel={words.pending} kind={index === 0 ? 'primary' : 'plain'} />
          </form>
        ))}
        {pack ? (
          <form action={pack.action}>
            <PhotoFields {...photo} size="original" />
            <BuyButton label={pack.label} pendingLabel={words.pending} kind="quiet" />
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
        <form action={remove}>
          <PhotoFields {...photo} size="original" />
          <BuyButton label={words.remove} pendingLabel={words.pending} kind="quiet" />
        </form>
      )}
    </div>
  );
}

interface BuyButtonProps {
  label: string;
  pendingLabel: string;
  kind: 'primary' | 'plain' | 'quiet';
}

function BuyButton({ label, pendingLabel, kind }: BuyButtonProps) {
  const pending = useCartAfterSubmit();
  return (
    <button
      type="submit"
      className="button"
      data-kind={kind === 'plain' ? undefined : kind}
      data-wide=""
      aria-busy={pending}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : null}
      {pending ? pendingLabel : label}
    </button>
  );
}
