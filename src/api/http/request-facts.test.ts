import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { removeInternalHeaders } from './clean-request.ts';
import { clientAddress } from './client-address.ts';
import { maskedPath } from './masked-path.ts';
import { visitorLocale } from './visitor-locale.ts';

describe('the path in a log', () => {
  it.each([
    ['/fr/events/trail-des-cretes/bib/1204', '/fr/events/trail-des-cretes/bib/1204'],
    ['/fr/events/trail-des-grandes-cretes-du-jura-2026', '/fr/events/trail-des-grandes-cretes-du-jura-2026'],
    [
      '/media/6f1c2a0e-1b7d-4c8e-9a53-0f3c5d8e7b21/preview.webp',
      '/media/6f1c2a0e-1b7d-4c8e-9a53-0f3c5d8e7b21/preview.webp',
    ],
    ['/fr/orders/short', '/fr/orders/*'],
    ['/fr/pay/short', '/fr/pay/*'],
    ['/api/downloads/eyJhbGciOiJIUzI1NiJ9.e30.x/photo.jpg', '/api/downloads/*/photo.jpg'],
    ['/fr/test-payment/pi_test_x', '/fr/test-payment/*'],
    ['/fr/reset-password/abc', '/fr/reset-password/*'],
    ['/fr/anything/Zk3vQ1x9ab7LmN0pQrStUv', '/fr/anything/*'],
    ['/fr/lea@example.org', '/fr/*'],
    [`/fr/${'a'.repeat(100)}`, '/fr/*'],
  ])('of %s is %s', (path, masked) => {
    expect(maskedPath(path)).toBe(masked);
  });
});

describe('what one client counts as', () => {
  const of = (peer: string, forwarded?: string) =>
    clientAddress({
      socket: { remoteAddress: peer } as Socket,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });

  it('is its connection, whatever it claims', () => {
    expect(of('203.0.113.9', '1.1.1.1')).toBe('203.0.113.9');
  });

  it('is the last hop that a proxy on our own network names', () => {
    expect(of('127.0.0.1', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
    expect(of('::ffff:10.0.0.2', '203.0.113.9')).toBe('203.0.113.9');
    expect(of('127.0.0.1')).toBe('127.0.0.1');
  });

  it('is one network of IPv6 for all of its addresses', () => {
    expect(of('2001:db8:1:2:3:4:5:6')).toBe(of('2001:db8:1:2::9'));
    expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
  });

  it('costs nothing for a header of a thousand entries', () => {
    expect(of('127.0.0.1', `${'6.6.6.6,'.repeat(1000)}203.0.113.9`)).toBe('203.0.113.9');
  });
});

describe('the language of a visitor', () => {
  it.each([
    [{ 'accept-language': 'en-US,en;q=0.9,fr;q=0.8' }, 'en'],
    [{ 'accept-language': 'fr-CH, en;q=0.9' }, 'fr'],
    [{ 'accept-language': 'en;q=0, fr;q=0.1' }, 'fr'],
    [{ 'accept-language': 'xx'.repeat(10_000) }, 'fr'],
    [{ 'accept-language': 'fr', cookie: 'NEXT_LOCALE=en' }, 'en'],
    [{ 'accept-language': 'fr', cookie: 'X_NEXT_LOCALE=en; NEXT_LOCALE=evil' }, 'fr'],
    [{}, 'fr'],
  ])('for %j is %s', (headers, locale) => {
    expect(visitorLocale(headers)).toBe(locale);
  });
});

describe('the headers by which a framework talks to itself', () => {
  const left = (development: boolean) => {
    const request = {
      headers: {
        host: 'localhost',
        'x-nextjs-request-id': '1f',
        'x-nextjs-html-request-id': '2e',
        'x-nextjs-data': '1',
        'x-middleware-subrequest': 'src/middleware',
      },
    };
    removeInternalHeaders(request, { development });
    return Object.keys(request.headers);
  };

  it('never come from outside', () => {
    expect(left(false)).toEqual(['host']);
  });

  it('are kept in development where its browser waits for an answer by its number', () => {
    expect(left(true)).toEqual(['host', 'x-nextjs-request-id', 'x-nextjs-html-request-id']);
  });
});
