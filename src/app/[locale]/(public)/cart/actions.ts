'use server';

import { refresh } from 'next/cache';
import { addAllPhotosToCart, addPhotoToCart, removeLinesFromCart } from '#app/_web/cart-actions.ts';
import { cartToken } from '#app/_web/cart-token.ts';
import { textOf } from '#app/_web/form.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { setCartCode } from '#domain/orders/set-cart-code.ts';

export async function removeLines(form: FormData): Promise<void> {
  await removeLinesFromCart(form);
  refresh();
}

export async function takeAllPhotos(form: FormData): Promise<void> {
  await addAllPhotosToCart(form);
  refresh();
}

/** Fields: as for adding the photo, with its other size. */
export async function switchSize(form: FormData): Promise<void> {
  await addPhotoToCart(form);
  refresh();
}

/** Field: code, as typed; '' takes it away. Whether it holds is said by the cart. */
export async function givePromoCode(form: FormData): Promise<void> {
  const ctx = await requestContext();
  await setCartCode(ctx, { token: await cartToken(), code: textOf(form, 'code').slice(0, MOST_TYPED) });
  refresh();
}

const MOST_TYPED = 60;
