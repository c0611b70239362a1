'use server';

import { refresh } from 'next/cache';
import { addAllPhotosToCart, removeLinesFromCart } from '#app/_web/cart-actions.ts';

export async function removeLines(form: FormData): Promise<void> {
  await removeLinesFromCart(form);
  refresh();
}

export async function takeAllPhotos(form: FormData): Promise<void> {
  await addAllPhotosToCart(form);
  refresh();
}
