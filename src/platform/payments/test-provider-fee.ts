import type { IntentRow } from './test-provider-books.ts';

const FEE_BPS = 150;
const FIXED_FEE_CENTS = 25;

/** Made up, near what cards cost in Europe: 1.5 % and 25 minor units, at most the payment itself. */
export function testFee({
  state,
  amountCents,
  currency,
}: IntentRow): { feeCents: number; currency: string } | null {
  if (state !== 'succeeded') return null;
  const feeCents = Math.min(amountCents, Math.round((amountCents * FEE_BPS) / 10_000) + FIXED_FEE_CENTS);
  return { feeCents, currency };
}
