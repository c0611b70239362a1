import type { Context } from '#context.ts';
import { sessionCookieName } from './auth.ts';

/** What the seam with the web sets in the browser: HttpOnly, SameSite=Lax, Path=/. */
export interface SessionCookie {
  name: string;
  value: string;
  maxAgeSeconds: number;
  secure: boolean;
}

/** The session out of the headers that better-auth answers with. */
export function readSessionCookie(ctx: Context, headers: Headers): SessionCookie {
  const name = sessionCookieName(ctx);
  for (const header of headers.getSetCookie()) {
    const [pair = '', ...attributes] = header.split(/;\s*/u);
    if (!pair.startsWith(`${name}=`)) continue;
    const maxAge = attributes.find((attribute) => /^max-age=/iu.test(attribute));
    return {
      name,
      value: decodeURIComponent(pair.slice(name.length + 1)),
      maxAgeSeconds: Number(maxAge?.split('=')[1] ?? 0),
      secure: ctx.config.publicUrl.startsWith('https://'),
    };
  }
  throw new Error('better-auth opened a session without a cookie');
}
