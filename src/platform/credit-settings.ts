import { z } from 'zod';
import { setting } from './setting.ts';

const MOST_PACKS = 12;
/** Below, no provider takes a payment. */
const LEAST_PRICE = 50;

export interface CreditPack {
  credits: number;
  /** Minor units. */
  priceCents: number;
}

/** `credits:price` with commas between, as 100:900,500:3900; the price in minor units. By size, each size once. */
const creditPacks = z
  .string()
  .default('100:900,500:3900,2000:12900')
  .transform((list, check): CreditPack[] => {
    const packs = list.split(',').map((pack) => {
      const [, credits, priceCents] = /^\s*(\d{1,7})\s*:\s*(\d{1,8})\s*$/u.exec(pack) ?? [];
      return { credits: Number(credits), priceCents: Number(priceCents) };
    });
    const fits = packs.every(({ credits, priceCents }) => credits >= 1 && priceCents >= LEAST_PRICE);
    const sizes = new Set(packs.map(({ credits }) => credits));
    if (!fits || sizes.size !== packs.length || packs.length > MOST_PACKS) {
      check.addIssue({
        code: 'custom',
        message: `must be up to ${MOST_PACKS} packs as credits:price in cents (${LEAST_PRICE} or more) with commas between, such as 100:900,500:3900, each number of credits once`,
      });
    }
    return packs.toSorted((one, other) => one.credits - other.credits);
  });

export const creditSettings = {
  creditPacks: setting(
    'CREDIT_PACKS',
    creditPacks,
    '100:900,500:3900,2000:12900',
    'What pros may buy, as credits:price with commas between; prices in the smallest unit of CREDIT_CURRENCY (cents), VAT included.',
  ),
  creditCurrency: setting(
    'CREDIT_CURRENCY',
    z
      .string()
      .regex(/^[a-z]{3}$/u, 'must be three lower-case letters, such as eur')
      .default('eur'),
    'eur',
    'Currency in which credits are sold, ISO 4217 in lower case.',
  ),
};
