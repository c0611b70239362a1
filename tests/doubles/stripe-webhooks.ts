import { createHmac } from 'node:crypto';
import type { StripeBooks, StripeEvent } from './stripe-books.ts';

export interface SendOptions {
  /** How long ago it was signed; negative for a clock that runs ahead. */
  secondsOld?: number;
  secret?: string;
}

export interface StripePost {
  url: string;
  secret: string;
  /** Of the endpoint that listens to sellers' accounts; its events go there alone. */
  connectSecret: string;
}

/** The bytes of an event and the header that fits them. */
export function signEvent(
  event: StripeEvent,
  { secret, now, secondsOld = 0 }: { secret: string; now: Date; secondsOld?: number },
): { body: string; signature: string } {
  const body = JSON.stringify(event, null, 2);
  const seconds = Math.floor(now.getTime() / 1000) - secondsOld;
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { body, signature: `t=${seconds},v1=${digest}` };
}

/** Sends one event to the door and gives its status. */
export async function sendEvent(
  books: StripeBooks,
  post: StripePost,
  event: StripeEvent,
  options: SendOptions = {},
): Promise<number> {
  const secret = options.secret ?? (event.account === undefined ? post.secret : post.connectSecret);
  const { body, signature } = signEvent(event, { ...options, secret, now: books.now() });
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
  const answer = await fetch(post.url, { method: 'POST', headers, body });
  await answer.body?.cancel();
  return answer.status;
}
