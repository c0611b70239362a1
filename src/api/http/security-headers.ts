import type { Config } from '#platform/config.ts';
import type { BrowserSources } from '#platform/payments/stripe-browser.ts';

const PERMISSIONS =
  'accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(self), usb=()';
const TWO_YEARS_SECONDS = 63_072_000;

/** Names and values for every answer. The policy for scripts is the strictest; pages widen it by their own hashes. */
export function securityHeaders(config: Pick<Config, 'publicUrl' | 'nodeEnv'>): Map<string, string> {
  const headers = new Map([
    ['content-security-policy', contentSecurityPolicy(config, [])],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['permissions-policy', PERMISSIONS],
    ['cross-origin-opener-policy', 'same-origin'],
  ]);
  if (config.publicUrl.startsWith('https://')) {
    headers.set('strict-transport-security', `max-age=${TWO_YEARS_SECONDS}`);
  }
  return headers;
}

/** `hashes`: base64 SHA-256 of the inline scripts that may run. `guests`: who else this very page may load from. */
export function contentSecurityPolicy(
  config: Pick<Config, 'publicUrl' | 'nodeEnv'>,
  hashes: readonly string[],
  guests: BrowserSources | null = null,
): string {
  // The development build evaluates code and opens a socket for reloads; it never faces visitors.
  const development = config.nodeEnv === 'development' ? " 'unsafe-eval' 'unsafe-inline'" : '';
  const inline = development || hashes.map((hash) => ` 'sha256-${hash}'`).join('');
  return [
    "default-src 'self'",
    `script-src 'self'${inline}${list(guests?.scripts)}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${list(guests?.images)}`,
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws: wss:' : ''}${list(guests?.connections)}`,
    ...(guests ? [`frame-src 'self'${list(guests.frames)}`] : []),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(config.publicUrl.startsWith('https://') ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

function list(sources: readonly string[] = []): string {
  return sources.map((source) => ` ${source}`).join('');
}
