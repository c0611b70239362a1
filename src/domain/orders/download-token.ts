import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '#context.ts';
import type { PhotoSize } from '../pricing/offer.ts';

export const DOWNLOAD_SECONDS = 24 * 3600;

/** One size of one photo of an order, or one ZIP of many. */
export type DownloadClaim =
  | { kind: 'photo'; orderId: string; photoId: string; size: PhotoSize }
  /** `part` from 1. */
  | { kind: 'archive'; orderId: string; part: number };

type SigningContext = Pick<Context, 'config' | 'clock'>;

const FORM =
  /^([0-9a-f-]{36})\.(?:([0-9a-f-]{36})\.(web|original)|all\.([1-9][0-9]{0,3}))\.([0-9]{10})\.([A-Za-z0-9_-]{43})$/;

/** Good for a day; whoever holds the order's link gets a fresh one each time its page is opened. */
export function signDownload(ctx: SigningContext, claim: DownloadClaim): string {
  const expires = Math.floor(ctx.clock.now().getTime() / 1000) + DOWNLOAD_SECONDS;
  const subject = claim.kind === 'photo' ? `${claim.photoId}.${claim.size}` : `all.${claim.part}`;
  const text = `${claim.orderId}.${subject}.${expires}`;
  return `${text}.${sign(ctx, text)}`;
}

/** Null for anything but the very text that was signed, and after its time. */
export function readDownload(ctx: SigningContext, token: string): DownloadClaim | null {
  const [, orderId, photoId, size, part, expires, signature] = FORM.exec(token) ?? [];
  if (!orderId || !expires || !signature) return null;
  const right = sign(ctx, token.slice(0, token.lastIndexOf('.')));
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(signature))) return null;
  if (Number(expires) * 1000 <= ctx.clock.now().getTime()) return null;
  if (part) return { kind: 'archive', orderId, part: Number(part) };
  if (!photoId || (size !== 'web' && size !== 'original')) return null;
  return { kind: 'photo', orderId, photoId, size };
}

function sign(ctx: SigningContext, text: string): string {
  return createHmac('sha256', ctx.config.authSecret).update(`download ${text}`).digest('base64url');
}
