import { describe, expect, it } from 'vitest';
import { requireSignature, signPayload } from './payment-signature.ts';

const secret = 'whsec_own';
const now = new Date('2026-06-01T10:00:00Z');
const body = Buffer.from('{"id":"evt_1","amountCents":1500,"name":"Léa"}');
const secondsLater = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const signed = (at = now, key = secret) => signPayload(key, body, at);
const v1 = (header: string) => header.split(',')[1] ?? '';

function check(header: string | undefined, bytes: Buffer = body, key = secret): void {
  requireSignature(key, bytes, header, now);
}

describe('PAY-04: a payment notice', () => {
  it('is taken with its own signature', () => {
    expect(() => check(signed())).not.toThrow();
  });

  it('is taken with two v1 signatures of which one is right, as while a secret is replaced', () => {
    expect(() => check(`${signed(now, 'whsec_old')},${v1(signed())}`)).not.toThrow();
  });

  it.each([-300, 300])('is taken %i s off', (seconds) => {
    expect(() => check(signed(secondsLater(seconds)))).not.toThrow();
  });

  const other = Buffer.from(body);
  other[10] = (other[10] ?? 0) ^ 1;
  it.each<[string, string | undefined, Buffer?, string?]>([
    ['a bad signature', `t=${now.getTime() / 1000},v1=${'0'.repeat(64)}`],
    ['a body altered by one bit', signed(), other],
    [
      'a body that was parsed and written again',
      signed(),
      Buffer.from(JSON.stringify({ amountCents: 1500, id: 'evt_1', name: 'Léa' })),
    ],
    ['a body with a blank more', signed(), Buffer.concat([body, Buffer.from(' ')])],
    ['a time 301 s ago', signed(secondsLater(-301))],
    ['a time 301 s ahead', signed(secondsLater(301))],
    ["another endpoint's secret", signed(now, 'whsec_other')],
    ['no header', undefined],
    ['an empty header', ''],
    ['no time', v1(signed())],
    ['two times', `t=1,${signed()}`],
    ['another time than the signed one', signed().replace(/t=\d+/, `t=${now.getTime() / 1000 - 1}`)],
    ['a time that is no number', signed().replace(/t=\d+/, 't=1e9')],
    ['an old scheme only', signed().replace('v1=', 'v0=')],
    ['half a signature', signed().slice(0, -32)],
    ['a header of 100,000 characters', `${signed()}${',v1=a'.repeat(20_000)}`],
    ['no secret configured', signed(now, ''), body, ''],
  ])('is refused with %s', (_, header, bytes: Buffer = body, key = secret) => {
    expect(() => check(header, bytes, key)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
