import { z } from 'zod';

export const CART_COOKIE = 'cart';
/** A cart is kept half a year after its last change. */
export const CART_COOKIE_SECONDS = 180 * 24 * 3600;

const cartToken = z.string().regex(/^[A-Za-z0-9_-]{32}$/);

/** The cart's token in a `Cookie` header; null when there is none of the right shape. */
export function readCartToken(cookieHeader: string | null | undefined): string | null {
  for (const pair of (cookieHeader ?? '').slice(0, 16_384).split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === CART_COOKIE) return cartToken.safeParse(value).data ?? null;
  }
  return null;
}
