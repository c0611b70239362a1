import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { DomainError } from '../errors.ts';
import { requireSignature } from './payment-signature.ts';

export const STRIPE_SIGNATURE_HEADER = 'stripe-signature';

const notice = z.object({
  id: z.string().min(1).max(200),
  object: z.literal('event'),
  type: z.string().min(1).max(200),
  created: z.int().min(0),
  livemode: z.boolean(),
  /** The seller's account that it happened in. */
  account: z.string().max(200).nullish(),
  data: z.object({ object: z.looseObject({ id: z.string().max(200).optional() }) }),
});

/** What all of Stripe's notices have; what they are about is still as it came. */
export type StripeNotice = z.infer<typeof notice>;

/**
 * A notice whose signature fits these very bytes under one of the secrets: each endpoint has its own, and while one is
 * replaced the old one holds as well. Throws 'bad-input'.
 */
export function openStripeNotice(
  secrets: readonly string[],
  rawBody: Buffer,
  header: string | undefined,
  clock: Clock,
): StripeNotice {
  requireSignature(secrets, rawBody, header, clock.now());
  const parsed = notice.safeParse(readJson(rawBody));
  if (!parsed.success) throw malformed();
  return parsed.data;
}

/** The thing a notice is about, as far as the schema asks. Throws 'bad-input'. */
export function subjectOf<Schema extends z.ZodType>(
  { data }: StripeNotice,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(data.object);
  if (!parsed.success) throw malformed();
  return parsed.data;
}

function readJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw malformed();
  }
}

function malformed(): DomainError {
  return new DomainError('bad-input', {
    public: { key: 'platform.paymentRefused' },
    internal: 'a signed notice has not the form of one',
  });
}
