import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors.ts';

/** Older and newer notices are refused alike: a clock that far off is a fault to be seen. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;
const LONGEST_HEADER = 2000;

/** `t=<unix seconds>,v1=<hex>` over `<t>.<body>`: Stripe's scheme. */
export function signPayload(secret: string, body: string | Buffer, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${digest(secret, seconds, body).toString('hex')}`;
}

/** Throws 'bad-input' unless one of the header's v1 signatures fits these very bytes under a secret, and the time is near. */
export function requireSignature(
  secret: string | readonly string[],
  rawBody: Buffer,
  header: string | undefined,
  now: Date,
): void {
  const secrets = [secret].flat().filter((one) => one.length > 0);
  if (secrets.length === 0) throw refused('no secret is configured');
  const { seconds, signatures } = parseHeader(header);
  const expected = secrets.map((one) => digest(one, seconds, rawBody));
  // Every candidate is compared, so that the time taken says nothing.
  const fits = signatures.flatMap((candidate) => expected.map((one) => timingSafeEqual(candidate, one)));
  if (!fits.includes(true)) throw refused('no signature fits');
  if (Math.abs(now.getTime() / 1000 - seconds) > SIGNATURE_TOLERANCE_SECONDS)
    throw refused('too old or too new');
}

function parseHeader(header: string | undefined): { seconds: number; signatures: Buffer[] } {
  if (!header || header.length > LONGEST_HEADER) throw refused('no usable signature header');
  const parts = header.split(',').map((part) => part.trim().split('=', 2));
  const times = parts.filter(([name]) => name === 't').map(([, value]) => value ?? '');
  const signatures = parts
    .filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? ''))
    .slice(0, MOST_SIGNATURES)
    .map(([, value]) => Buffer.from(value ?? '', 'hex'));
  const [time = ''] = times;
  if (times.length !== 1 || !/^\d{1,12}$/.test(time) || signatures.length === 0) {
    throw refused('signature header has not the form of one');
  }
  return { seconds: Number(time), signatures };
}

function digest(secret: string, seconds: number, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}

function refused(internal: string): DomainError {
  return new DomainError('bad-input', {
    public: { key: 'platform.badSignature' },
    internal: `payment notice refused: ${internal}`,
  });
}
