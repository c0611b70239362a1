import 'server-only';
import { cookies } from 'next/headers';
import type { Context } from '#context.ts';

const NAME = 'focus_order';
const DAY_SECONDS = 24 * 3600;

/** Keeps an order's secret for a day, so that it speaks for its buyer on pages whose address everybody may share. */
export async function keepOrderSecret(ctx: Context, secret: string): Promise<void> {
  (await cookies()).set(NAME, secret.slice(0, 100), {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.config.publicUrl.startsWith('https:'),
    path: '/',
    maxAge: DAY_SECONDS,
  });
}

export async function keptOrderSecret(): Promise<string | null> {
  return (await cookies()).get(NAME)?.value ?? null;
}
