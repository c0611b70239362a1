'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { addToCart, type addToCartInput } from '#domain/orders/add-to-cart.ts';
import { CART_COOKIE, CART_COOKIE_SECONDS } from '#domain/orders/cart-cookie.ts';
import { removeFromCart } from '#domain/orders/remove-from-cart.ts';
import { cartToken } from './cart-token.ts';
import { type FormState, textOf } from './form.ts';
import { toFormState } from './form-state.ts';
import { requestContext } from './request-context.ts';

/** Fields: eventId, photoId, size, and bib when the photo was found by one. A photo that is there changes its size. */
export async function addPhotoToCart(form: FormData): Promise<void> {
  await add({ ...photoIn(form), photoId: textOf(form, 'photoId') });
}

/** Fields: eventId, bib. */
export async function addAllPhotosToCart(form: FormData): Promise<void> {
  await add({ kind: 'all-photos', eventId: textOf(form, 'eventId'), bib: textOf(form, 'bib') });
}

/** Fields: locale, eventId, bib. Leads on to the cart, or says why there is no such bib. */
export async function buyPreSale(_previous: FormState, form: FormData): Promise<FormState> {
  const { locale } = await requestContext(textOf(form, 'locale'));
  const bib = textOf(form, 'bib').trim().toUpperCase();
  try {
    await add({ kind: 'all-photos', eventId: textOf(form, 'eventId'), bib });
  } catch (error) {
    return toFormState(error, locale, form);
  }
  redirect(`/${locale}/cart`);
}

/** Field: eventId. For a signed-in pro. */
export async function addWholeEventToCart(form: FormData): Promise<void> {
  await add({ kind: 'whole-event', eventId: textOf(form, 'eventId') });
}

/** A bound for one press; more are added by their own buttons. */
const MOST_GIVEN = 100;

/** Fields: locale, eventId, bib, size, and photoId as often as there are photos; without any, all of the bib's originals.
 *  Leads on to the page where the address is asked. */
export async function takeGivenPhotos(form: FormData): Promise<void> {
  const photoIds = form.getAll('photoId').filter((value) => typeof value === 'string');
  if (photoIds.length === 0) await addAllPhotosToCart(form);
  else await add(...photoIds.slice(0, MOST_GIVEN).map((photoId) => ({ ...photoIn(form), photoId })));
  const { locale } = await requestContext(textOf(form, 'locale'));
  redirect(`/${locale}/checkout`);
}

/** Field: photoId. Takes a single photo out again. */
export async function removePhotoFromCart(form: FormData): Promise<void> {
  const ctx = await requestContext();
  await removeFromCart(ctx, { token: await cartToken(), photoId: textOf(form, 'photoId') });
}

/** Fields: lineId, as often as there are lines to take out. */
export async function removeLinesFromCart(form: FormData): Promise<void> {
  const ctx = await requestContext();
  const lineIds = form.getAll('lineId').filter((value) => typeof value === 'string');
  await removeFromCart(ctx, { token: await cartToken(), lineIds });
}

function photoIn(form: FormData) {
  return {
    kind: 'photo' as const,
    eventId: textOf(form, 'eventId'),
    bib: textOf(form, 'bib') || null,
    size: textOf(form, 'size') === 'web' ? ('web' as const) : ('original' as const),
  };
}

type Addition =
  z.input<typeof addToCartInput> extends infer Input
    ? Input extends unknown
      ? Omit<Input, 'token'>
      : never
    : never;

async function add(...lines: Addition[]): Promise<void> {
  const ctx = await requestContext();
  let token = await cartToken();
  for (const line of lines) ({ token } = await addToCart(ctx, { ...line, token }));
  if (!token) return;
  const jar = await cookies();
  jar.set(CART_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.config.publicUrl.startsWith('https:'),
    path: '/',
    maxAge: CART_COOKIE_SECONDS,
  });
}
