import type { IncomingMessage } from 'node:http';

/** Headers by which a framework or a proxy talks to itself; from outside they only serve to deceive. */
const INTERNAL =
  /^(?:x-middleware-|x-invoke-|x-next-|x-nextjs-|x-now-|x-vercel-|x-prerender-|x-original-|x-rewrite-|x-matched-path|x-forwarded-host|x-http-method|x-method-override|next-resume)/;
/** In development the answer to a form or a navigation is told apart by them; without, the browser waits for ever. */
const OF_DEVELOPMENT = new Set(['x-nextjs-request-id', 'x-nextjs-html-request-id']);
const LONGEST_ADDRESS = 4000;

export function removeInternalHeaders(
  request: Pick<IncomingMessage, 'headers'>,
  { development }: { development: boolean },
): void {
  for (const name of Object.keys(request.headers)) {
    if (!INTERNAL.test(name) || (development && OF_DEVELOPMENT.has(name))) continue;
    delete request.headers[name];
  }
}

/** The path in its one form, decoded; null for an address that no page of ours can have. */
export function readPath(address: string | undefined): string | null {
  if (!address?.startsWith('/') || address.startsWith('//') || address.length > LONGEST_ADDRESS) return null;
  const [raw = ''] = address.split(/[?#]/, 1);
  const path = decode(raw);
  // An encoded slash, a backslash or a control character would let one path pass for another further in.
  if (path === null || /%(?:2f|5c|00)/i.test(raw) || /[\\\p{Cc}]|\/\/|\/\.{1,2}(?:\/|$)/u.test(path))
    return null;
  return path;
}

function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}
