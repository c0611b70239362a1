import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

const OWN_NETWORK = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd])/i;

/**
 * What one client counts as for limits. The right-most hop of X-Forwarded-For is believed only when the connection
 * comes from a proxy on our own network; IPv6 counts by /64, since one household owns that many.
 */
export function clientAddress(request: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const peer = plain(request.socket.remoteAddress ?? 'unknown');
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').slice(-200);
  const last = plain(forwarded.slice(forwarded.lastIndexOf(',') + 1).trim());
  const address = last && OWN_NETWORK.test(peer) ? last : peer;
  return address.includes(':') && isIPv6(address) ? network(address) : address;
}

function plain(address: string): string {
  return address.replace(/^::ffff:/i, '');
}

function network(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head.split(':').filter(Boolean);
  const back = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `${[...front, ...zeros, ...back]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}
