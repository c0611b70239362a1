import { createHash } from 'node:crypto';
import type { Context } from '#context.ts';

/** Letters and digits that nobody mistakes for one another on the phone. */
const NUMBER_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Random, so that it tells nothing of how much is sold. */
export function orderNumber(tx: Context): string {
  const digest = createHash('sha256').update(tx.random.id()).digest();
  const letters = [...digest.subarray(0, 8)].map((byte) => NUMBER_ALPHABET.charAt(byte % 32));
  return `FR-${tx.clock.now().getUTCFullYear()}-${letters.join('')}`;
}
