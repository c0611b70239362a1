import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '#context.ts';

export const DOWNLOAD_SECONDS = 24 * 3600;

/** One photo of an order, or the ZIP of all of them. */
export interface DownloadClaim {
  orderId: string;
  photoId: string | null;
}

type SigningContext = Pick<Context, 'config' | 'clock'>;

const ALL = 'all';
const FORM = /^([0-9a-f-]{36})\.([0-9a-f-]{36}|all)\.([0-9]{10})\.([A-Za-z0-9_-]{43})$/;

/** Good for a day; whoever holds the order's link gets a fresh one each time its page is opened. */
export function signDownload(ctx: SigningContext, { orderId, photoId }: DownloadClaim): string {
  const expires = Math.floor(ctx.clock.now().getTime() / 1000) + DOWNLOAD_SECONDS;
  const claim = `${orderId}.${photoId ?? ALL}.${expires}`;
  return `${claim}.${sign(ctx, claim)}`;
}

/** Null for anything but the very text that was signed, and after its time. */
export function readDownload(ctx: SigningContext, token: string): DownloadClaim | null {
  const [, orderId, subject, expires, signature] = FORM.exec(token) ?? [];
  if (!orderId || !subject || !expires || !signature) return null;
  const right = sign(ctx, `${orderId}.${subject}.${expires}`);
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(signature))) return null;
  if (Number(expires) * 1000 <= ctx.clock.now().getTime()) return null;
  return { orderId, photoId: subject === ALL ? null : subject };
}

function sign(ctx: SigningContext, claim: string): string {
  return createHmac('sha256', ctx.config.authSecret).update(`download ${claim}`).digest('base64url');
}
