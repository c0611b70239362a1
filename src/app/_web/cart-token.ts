import 'server-only';
import { cookies } from 'next/headers';
import { CART_COOKIE, readCartToken } from '#domain/orders/cart-cookie.ts';

export async function cartToken(): Promise<string | null> {
  const held = (await cookies()).get(CART_COOKIE);
  return held ? readCartToken(`${CART_COOKIE}=${held.value}`) : null;
}
