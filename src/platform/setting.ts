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
