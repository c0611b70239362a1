import 'server-only';
import { cookies, headers } from 'next/headers';
import type { Context } from '#context.ts';
import { sessionCookieName } from '#domain/accounts/auth.ts';
import type { SessionCookie } from '#domain/accounts/session-cookie.ts';

const DEVICE_SECONDS = 365 * 24 * 3600;

function deviceCookieName(ctx: Context): string {
  return ctx.config.publicUrl.startsWith('https://') ? '__Host-focus_device' : 'focus_device';
}

/** Keeps the session in the browser, and that this browser has signed in before. */
export async function keepSession(ctx: Context, cookie: SessionCookie, device: string): Promise<void> {
  const jar = await cookies();
  const shared = { httpOnly: true, secure: cookie.secure, sameSite: 'lax', path: '/' } as const;
  jar.set(cookie.name, cookie.value, { ...shared, maxAge: cookie.maxAgeSeconds });
  jar.set(deviceCookieName(ctx), device, { ...shared, maxAge: DEVICE_SECONDS });
}

export async function dropSession(ctx: Context): Promise<void> {
  const secure = ctx.config.publicUrl.startsWith('https://');
  (await cookies()).set(sessionCookieName(ctx), '', {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: 0,
  });
}

/** What an attempt to sign in is counted by. The server writes the header itself, whatever a client sent. */
export async function readVisitor(
  ctx: Context,
): Promise<{ client: string; device: string; headers: Headers }> {
  const [received, jar] = await Promise.all([headers(), cookies()]);
  return {
    client: received.get('client-address') ?? '',
    device: jar.get(deviceCookieName(ctx))?.value ?? '',
    headers: new Headers(received),
  };
}
