const LOCALES = new Set(['fr', 'en']);

/** A part that starts with `:` is any one part, a final `*` any number of them. The first that fits is the name. */
const MACHINE_ROUTES = [
  '/api/health/live',
  '/api/health/ready',
  '/api/metrics',
  '/api/cart/summary',
  '/api/closed-events',
  '/api/clock',
  '/api/downloads/:token/*',
  '/api/galleries/:eventId',
  '/api/invoices/orders/:secret/:invoiceId',
  '/api/invoices/entries.csv',
  '/api/invoices/:invoiceId',
  '/api/operator/credits.csv',
  '/api/operator/orders.csv',
  '/api/payouts/transfers.csv',
  '/api/payouts/transfers.csv',
  '/api/operator/disputes/:file',
  '/api/streams/events/:eventId',
  '/api/streams/galleries/:eventId',
  '/api/uploads/announce',
  '/api/uploads/progress/:eventId',
  '/api/uploads/files',
  '/api/uploads/files/:uploadId',
  '/api/webhooks/:provider',
  '/api/*',
  '/media/:photoId/preview.webp',
  '/media/:photoId/thumbnail.webp',
  '/media/*',
  '/_next/static/*',
  '/_next/*',
];

const PAGE_ROUTES = [
  '',
  '/events',
  '/find-me',
  '/events/:slug',
  '/events/:slug/gallery',
  '/events/:slug/search',
  '/events/:slug/found',
  '/events/:slug/whole-event',
  '/events/:slug/bib/:bib',
  '/events/:slug/bib/:bib/not-me',
  '/events/:slug/bib/:bib/photos/:photoId',
  '/events/:slug/photos/:photoId',
  '/cart',
  '/checkout',
  '/pay/:secret',
  '/orders/:secret',
  '/orders/:secret/withdrawal',
  '/test-payment/:intentId',
  '/test-onboarding/:linkId',
  '/test-onboarding/:linkId',
  '/clock',
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/verify-address',
  '/first-admin',
  '/legal',
  '/withdrawal',
  '/account',
  '/account/invoices',
  '/account/orders',
  '/pro',
  '/pro/credits',
  '/pro/invoices',
  '/pro/payouts',
  '/pro/payouts/continue',
  '/pro/payouts',
  '/pro/payouts/continue',
  '/pro/events/new',
  '/pro/events/:eventId',
  '/pro/events/:eventId/edit',
  '/pro/events/:eventId/start-list',
  '/pro/events/:eventId/timing',
  '/pro/events/:eventId/clocks',
  '/pro/events/:eventId/claims',
  '/pro/events/:eventId/photos',
  '/pro/events/:eventId/photos/:photoId',
  '/pro/events/:eventId/triage',
  '/pro/events/:eventId/prices',
  '/pro/events/:eventId/sales',
  '/pro/promo-codes',
  '/pro/*',
].map((page) => `/:locale${page}`);

const MACHINE = MACHINE_ROUTES.map(toParts);
const PAGES = PAGE_ROUTES.map(toParts);

/** The name of what is asked for, one of fewer than a hundred: what counts requests must not grow with their addresses. */
export function routeName(path: string, adminPath: string): string {
  if (!path.startsWith('/')) return 'other';
  const parts = path.split('/', 12).slice(1);
  const [first = '', second] = parts;
  if (first === '') return '/';
  if (!LOCALES.has(first)) return find(MACHINE, parts) ?? 'other';
  if (second === adminPath) return '/:locale/<admin>';
  return find(PAGES, parts) ?? '/:locale/*';
}

function toParts(name: string): { name: string; parts: string[] } {
  return { name, parts: name.split('/').slice(1) };
}

function find(routes: { name: string; parts: string[] }[], asked: string[]): string | null {
  return routes.find(({ parts }) => fits(parts, asked))?.name ?? null;
}

function fits(parts: string[], asked: string[]): boolean {
  const open = parts.at(-1) === '*';
  const fixed = open ? parts.slice(0, -1) : parts;
  if (open ? asked.length < fixed.length : asked.length !== fixed.length) return false;
  return fixed.every((part, index) => part.startsWith(':') || part === asked[index]);
}
