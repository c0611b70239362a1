'use server';

import { cookies } from 'next/headers';
import type { z } from 'zod';
import { addToCart, type addToCartInput } from '#domain/orders/add-to-cart.ts';
import { CART_COOKIE, CART_COOKIE_SECONDS } from '#domain/orders/cart-cookie.ts';
import { removeFromCart } from '#domain/orders/remove-from-cart.ts';
import { cartToken } from './cart-token.ts';
import { textOf } from './form.ts';
import { requestContext } from './request-context.ts';

/** Fields: eventId, photoId, and bib when the photo was found by one. */
export async function addPhotoToCart(form: FormData): Promise<void> {
  await add({
    kind: 'photo',
    eventId: textOf(form, 'eventId'),
    photoId: textOf(form, 'photoId'),
    bib: textOf(form, 'bib') || null,
  });
}

/** Fields: eventId, bib. */
export async function addAllPhotosToCart(form: FormData): Promise<void> {
  await add({ kind: 'all-photos', eventId: textOf(form, 'eventId'), bib: textOf(form, 'bib') });
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

type Addition =
  z.input<typeof addToCartInput> extends infer Input
    ? Input extends unknown
      ? Omit<Input, 'token'>
      : never
    : never;

async function add(line: Addition): Promise<void> {
  const ctx = await requestContext();
  const held = await cartToken();
  const { token } = await addToCart(ctx, { ...line, token: held });
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
