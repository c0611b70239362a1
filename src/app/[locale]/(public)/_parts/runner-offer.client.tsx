'use client';

import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import { fill } from '#ui/fill.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { PriceCap } from '#ui/PriceCap.tsx';
import { type FormAction, useCartAfterSubmit } from './add-photo.client.tsx';
import { countUntilCap } from './count-until-cap.ts';

interface OfferWords {
  takeAll: string;
  allChosen: string;
  toCart: string;
  cart: string;
  pay: string;
  pending: string;
  chosenOne: string;
  chosenMany: string;
  all: string;
  untilCapOne: string;
  untilCapMany: string;
  atCap: string;
}

interface OfferProps {
  action: FormAction;
  locale: string;
  eventId: string;
  bib: string;
  photoIds: string[];
  photoPriceCents: number;
  allPhotosPriceCents: number;
  currency: string;
  /** The words of the bars; null when the price never stops climbing. */
  cap: { label: string; from: string; to: string } | null;
  words: OfferWords;
}

/** The price as bars, filled by what is chosen; then all the photos at once, or the cart that has them. */
export function RunnerOffer(offer: OfferProps) {
  const { pack, count } = useChosen(offer);
  return (
    <>
      {offer.cap ? (
        <PriceCap
          {...offer.cap}
          photoCount={offer.photoIds.length}
          photoPriceCents={offer.photoPriceCents}
          capCents={offer.allPhotosPriceCents}
          chosenCount={pack ? offer.photoIds.length : count}
        />
      ) : null}
      {pack ? <AllChosen {...offer} /> : <TakeAll {...offer} wide label={offer.words.takeAll} />}
    </>
  );
}

function AllChosen(offer: OfferProps) {
  return (
    <div className="stack">
      <p className="row">
        <Icon name="check" />
        {offer.words.allChosen}
      </p>
      <a className="button" data-kind="primary" data-wide="" href={`/${offer.locale}/cart`}>
        {offer.words.toCart}
      </a>
    </div>
  );
}

/** On a phone the same stays under the thumb, and says when all the photos become cheaper. */
export function RunnerTotal(offer: OfferProps) {
  const { pack, count } = useChosen(offer);
  const { words, locale, currency } = offer;
  if (!pack && count === 0) {
    return (
      <div className="total">
        <div>
          <b>{words.all}</b>
        </div>
        <TakeAll {...offer} label={words.pay} />
      </div>
    );
  }
  const cents = Math.min(count * offer.photoPriceCents, offer.allPhotosPriceCents);
  const missing = countUntilCap(offer.photoPriceCents, offer.allPhotosPriceCents) - count;
  const hint = missing === 1 ? words.untilCapOne : missing > 1 ? words.untilCapMany : words.atCap;
  const chosen = fill(count > 1 ? words.chosenMany : words.chosenOne, {
    count,
    price: formatMoney(cents, currency, locale),
  });
  return (
    <div className="total">
      <div>
        <b>{pack ? words.all : chosen}</b>
        <span>{pack ? words.allChosen : fill(hint, { missing })}</span>
      </div>
      <a className="button" data-kind="primary" href={`/${locale}/cart`}>
        {words.cart}
      </a>
    </div>
  );
}

function useChosen({ eventId, bib, photoIds }: OfferProps): { pack: boolean; count: number } {
  const cart = useCartSummary();
  const pack = cart.packs.some((one) => one.eventId === eventId && one.bib === bib);
  return { pack, count: photoIds.filter((id) => cart.photoIds.includes(id)).length };
}

function TakeAll({
  action,
  eventId,
  bib,
  words,
  label,
  wide,
}: OfferProps & { label: string; wide?: boolean }) {
  return (
    <form action={action}>
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="bib" value={bib} />
      <TakeButton label={label} pendingLabel={words.pending} wide={wide} />
    </form>
  );
}

function TakeButton({ label, pendingLabel, wide }: { label: string; pendingLabel: string; wide?: boolean }) {
  const pending = useCartAfterSubmit();
  return (
    <button
      type="submit"
      className="button"
      data-kind="primary"
      data-wide={wide ? '' : undefined}
      aria-busy={pending}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : null}
      {pending ? pendingLabel : label}
    </button>
  );
}
