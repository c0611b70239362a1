'use client';

import { useEffect, useRef } from 'react';
import { useFormStatus } from 'react-dom';
import { refreshCartSummary, useCartSummary } from '#app/_web/cart-summary.client.ts';
import type { PhotoSize } from '#domain/pricing/offer.ts';
import { Icon } from '#ui/Icon.tsx';
import { useChosenSize } from './chosen-size.client.ts';

/** A server action that takes a form; given by the page. */
export type FormAction = (form: FormData) => Promise<void>;

export interface CartActions {
  add: FormAction;
  remove: FormAction;
}

interface AddPhotoProps {
  actions: CartActions;
  eventId: string;
  photoId: string;
  bib: string | null;
  /** What it can be had as; the one chosen on the page is added. */
  sizes: PhotoSize[];
  /** "Ajouter au panier, photo 3": one for each state. */
  addLabel: string;
  removeLabel: string;
}

/** The small button on a photo: puts it into the cart, and out again. */
export function AddPhoto({ actions, eventId, photoId, bib, sizes, addLabel, removeLabel }: AddPhotoProps) {
  const { photoIds, packs } = useCartSummary();
  const size = useChosenSize(sizes);
  const inPack = packs.some((pack) => pack.eventId === eventId && pack.bib === bib);
  const chosen = photoIds.includes(photoId);
  if (inPack) return null;
  return (
    <form className="on-photo" action={chosen ? actions.remove : actions.add}>
      <PhotoFields eventId={eventId} photoId={photoId} bib={bib} size={size} />
      <PressedButton chosen={chosen} label={chosen ? removeLabel : addLabel} />
    </form>
  );
}

interface PhotoFieldsProps {
  eventId: string;
  photoId: string;
  bib: string | null;
  size: PhotoSize;
}

export function PhotoFields({ eventId, photoId, bib, size }: PhotoFieldsProps) {
  return (
    <>
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="photoId" value={photoId} />
      <input type="hidden" name="bib" value={bib ?? ''} />
      <input type="hidden" name="size" value={size} />
    </>
  );
}

/** True from a press to its answer. Outside the component: the answer may draw the page, and this button, anew. */
let awaitingAnswer = false;

/** Asks for the cart again when the form it stands in has been answered. */
export function useCartAfterSubmit(): boolean {
  const { pending } = useFormStatus();
  const wasPending = useRef(false);
  useEffect(() => {
    if (pending) awaitingAnswer = true;
    else if (wasPending.current || awaitingAnswer) {
      awaitingAnswer = false;
      void refreshCartSummary();
    }
    wasPending.current = pending;
  }, [pending]);
  return pending;
}

function PressedButton({ chosen, label }: { chosen: boolean; label: string }) {
  const pending = useCartAfterSubmit();
  return (
    <button type="submit" data-chosen={chosen ? '' : undefined} aria-label={label} aria-busy={pending}>
      {pending ? <span className="spinner" aria-hidden="true" /> : <Icon name={chosen ? 'check' : 'plus'} />}
    </button>
  );
}
