'use client';

import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import { fill } from '#ui/fill.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { PriceCap } from '#ui/PriceCap.tsx';
import { type FormAction, useCartAfterSubmit } from './add-photo.client.tsx';

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
  /** What 1, 2, … of the photos cost together. */
  climbCents: number[];
  currency: string;
  /** The words of the bars; null when the price never stops climbing. */
  cap: { label: string; from: string; to: string } | null;
  words: OfferWords;
}

/** The price as bars, filled by what is chosen; then all the photos at once, or the cart that has them. `quiet`: something
 *  else on the page comes first. */
export function RunnerOffer({ quiet, ...offer }: OfferProps & { quiet: boolean }) {
  const { pack, count } = useChosen(offer);
  return (
    <>
      {offer.cap ? (
        <PriceCap
          {...offer.cap}
          climbCents={offer.climbCents}
          chosenCount={pack ? offer.photoIds.length : count}
        />
      ) : null}
      {pack ? (
        <AllChosen {...offer} />
      ) : (
        <TakeAll {...offer} wide quiet={quiet} label={offer.words.takeAll} />
      )}
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
  const { pack, count, cents, missing } = useChosen(offer);
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
  const hint = hintFor(missing, words);
  const chosen = fill(count > 1 ? words.chosenMany : words.chosenOne, {
    count,
    price: formatMoney(cents, currency, locale),
  });
  return (
    <div className="total">
      <div>
        <b>{pack ? words.all : chosen}</b>
        <span>{pack ? words.allChosen : hint}</span>
      </div>
      <a className="button" data-kind="primary" href={`/${locale}/cart`}>
        {words.cart}
      </a>
    </div>
  );
}

function hintFor(missing: number | null, words: OfferWords): string | null {
  if (missing === null) return null;
  if (missing === 0) return words.atCap;
  return fill(missing === 1 ? words.untilCapOne : words.untilCapMany, { missing });
}

interface Chosen {
  /** All of them, those to come too. */
  pack: boolean;
  count: number;
  /** What the runner's photos in the cart cost. */
  cents: number;
  /** More photos until the price stops climbing; null when that is far. */
  missing: number | null;
}

function useChosen({ eventId, bib, photoIds }: Pick<OfferProps, 'eventId' | 'bib' | 'photoIds'>): Chosen {
  const cart = useCartSummary();
  const isRunner = (one: { eventId: string; bib: string }) => one.eventId === eventId && one.bib === bib;
  const runner = cart.runners.find(isRunner);
  return {
    pack: cart.packs.some(isRunner),
    count: photoIds.filter((id) => cart.photoIds.includes(id)).length,
    cents: runner?.priceCents ?? 0,
    missing: runner?.photosUntilCap ?? null,
  };
}

function TakeAll({
  action,
  eventId,
  bib,
  words,
  label,
  wide,
  quiet,
}: OfferProps & { label: string; wide?: boolean; quiet?: boolean }) {
  return (
    <form action={action}>
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="bib" value={bib} />
      <TakeButton label={label} pendingLabel={words.pending} wide={wide} quiet={quiet} />
    </form>
  );
}

interface TakeButtonProps {
  label: string;
  pendingLabel: string;
  wide?: boolean;
  quiet?: boolean;
}

/** Sends its form, says that it waits, and has the cart counted again. */
export function TakeButton({ label, pendingLabel, wide, quiet }: TakeButtonProps) {
  const pending = useCartAfterSubmit();
  return (
    <button
      type="submit"
      className="button"
      data-kind={quiet ? undefined : 'primary'}
      data-wide={wide ? '' : undefined}
      aria-busy={pending}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : null}
      {pending ? pendingLabel : label}
    </button>
  );
}
