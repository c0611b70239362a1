const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What stands behind these words opens something for whoever knows it. */
const BEFORE_SECRETS = new Set([
  'orders',
  'pay',
  'downloads',
  'test-payment',
  'test-onboarding',
  'reset-password',
  'verify-address',
  'first-admin',
]);
const LONGEST_PLAIN = 60;
const SHORTEST_TOKEN = 20;

/** A path as it may stand in a log: no secrets, tokens or addresses of people, and never the query. */
export function maskedPath(path: string): string {
  if (path.startsWith('/_next/static/')) return path;
  const parts = path.split('/').slice(0, 12);
  return parts.map((part, index) => maskedPart(part, parts[index - 1] ?? '')).join('/');
}

function maskedPart(part: string, before: string): string {
  if (part === '') return part;
  if (BEFORE_SECRETS.has(before) || part.includes('@') || part.length > LONGEST_PLAIN) return '*';
  if (UUID.test(part)) return part;
  return part.length >= SHORTEST_TOKEN && /\d/.test(part) && /[A-Z]|[a-z]\d[a-z]/.test(part) ? '*' : part;
}
