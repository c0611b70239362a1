import Stripe from 'stripe';
import { DomainError, type ErrorCode } from '../errors.ts';

/** The shapes that this code reads. The SDK's types are those of this version: both change together. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

export interface StripeAccess {
  secretKey: string;
  /** Null for Stripe itself. */
  apiUrl: string | null;
  timeoutMs?: number;
  retries?: number;
}

/** A buyer waits for the answer: three tries of eight seconds are the most. */
const TIMEOUT_MS = 8000;
const RETRIES = 2;

export function newStripeClient({ secretKey, apiUrl, timeoutMs, retries }: StripeAccess): Stripe {
  return new Stripe(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: retries ?? RETRIES,
    telemetry: false,
    ...address(apiUrl),
  });
}

function address(apiUrl: string | null) {
  if (apiUrl === null) return {};
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  return {
    protocol: secure ? ('https' as const) : ('http' as const),
    host: hostname,
    port: port || (secure ? 443 : 80),
  };
}

/** What Stripe found wrong with the question itself. */
const BAD_INPUT =
  /^(amount_|parameter_|invalid_|email_invalid|country_|currency_|url_invalid|account_country_)/;

/** Runs one call of the SDK and puts what it throws in our words. */
export async function askStripe<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof Stripe.errors.StripeError ? translate(error) : error;
  }
}

/** Stripe's code of a refusal that `askStripe` translated, such as `balance_insufficient`. */
export function stripeCode(error: unknown): string | null {
  const cause = error instanceof DomainError ? error.cause : error;
  return cause instanceof Stripe.errors.StripeError ? (cause.code ?? null) : null;
}

/** True when the account has left the platform, or never was one of its own. */
export function isStripeAccessRefused(error: unknown): boolean {
  return error instanceof DomainError && error.cause instanceof Stripe.errors.StripePermissionError;
}

function translate(error: InstanceType<typeof Stripe.errors.StripeError>): DomainError {
  const code = codeOf(error);
  const key = {
    unavailable: 'platform.paymentsUnanswered',
    'not-found': 'platform.paymentMissing',
  }[code as string];
  return new DomainError(code, {
    public: { key: key ?? 'platform.paymentRefused' },
    // Stripe's own message may name people or parts of the key.
    internal:
      `stripe: ${error.type} ${error.code ?? ''} ${error.param ?? ''} ${error.requestId ?? ''}`.trim(),
    cause: error,
  });
}

function codeOf(error: InstanceType<typeof Stripe.errors.StripeError>): ErrorCode {
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'conflict';
  if (error instanceof Stripe.errors.StripeCardError) return 'conflict';
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return 'unavailable';
  if (error.code === 'resource_missing') return 'not-found';
  return BAD_INPUT.test(error.code ?? '') ? 'bad-input' : 'conflict';
}
