import { z } from 'zod';

export interface Setting<Schema extends z.ZodType> {
  env: string;
  schema: Schema;
  /** What an operator must know, one or two sentences. */
  about: string;
  /** What stands in `.env.example` when nothing is set. */
  shown: string;
  secret?: boolean;
}

export const text = z.string().min(1);
export const optionalText = text.nullable().default(null);
export const url = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''));
const HOST = String.raw`(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}`;

/** `host:port` with commas between, as the address of a request has them. */
export const hostList = z
  .string()
  .regex(new RegExp(`^${HOST}(?:\\s*,\\s*${HOST})*$`, 'iu'), 'must be host:port, with commas between')
  .nullable()
  .default(null)
  .transform((list) =>
    (list ?? '')
      .toLowerCase()
      .split(',')
      .map((host) => host.trim())
      .filter(Boolean),
  );
const MOST_PACKS = 12;

export interface CreditPack {
  credits: number;
  /** Minor units. */
  priceCents: number;
}

/** `credits:price` with commas between, as 100:900,500:3900; the price in minor units. By size, each size once. */
export const creditPacks = z
  .string()
  .default('100:900,500:3900,2000:12900')
  .transform((list, check): CreditPack[] => {
    const packs = list.split(',').map((pack) => {
      const [, credits, priceCents] = /^\s*(\d{1,7})\s*:\s*(\d{1,8})\s*$/u.exec(pack) ?? [];
      return { credits: Number(credits), priceCents: Number(priceCents) };
    });
    // Below 50 no provider takes a payment.
    const fits = packs.every(({ credits, priceCents }) => credits >= 1 && priceCents >= 50);
    const sizes = new Set(packs.map(({ credits }) => credits));
    if (!fits || sizes.size !== packs.length || packs.length > MOST_PACKS) {
      check.addIssue({
        code: 'custom',
        message: `must be up to ${MOST_PACKS} packs as credits:price in cents (50 or more) with commas between, such as 100:900,500:3900, each number of credits once`,
      });
    }
    return packs.toSorted((one, other) => one.credits - other.credits);
  });

export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((word) => word === 'true');

/** On unless an operator says otherwise. */
export const switchedOn = z
  .enum(['true', 'false'])
  .default('true')
  .transform((word) => word === 'true');

export function whole(min: number, max: number, standard: number) {
  return z.coerce.number().int().min(min).max(max).default(standard);
}

export function setting<Schema extends z.ZodType>(
  env: string,
  schema: Schema,
  shown: string,
  about: string,
): Setting<Schema> {
  return { env, schema, shown, about };
}

export function secret<Schema extends z.ZodType>(
  env: string,
  schema: Schema,
  about: string,
): Setting<Schema> {
  return { env, schema, shown: '', about, secret: true };
}
