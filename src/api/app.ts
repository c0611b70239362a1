import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { openCartDoor } from './cart/cart-door.ts';
import { openClockDoor } from './clock/clock-door.ts';
import { openClosedEventsDoor } from './closed-events/closed-events-door.ts';
import { openDownloadsDoor } from './downloads/downloads-door.ts';
import { openGalleriesDoor } from './galleries/galleries-door.ts';
import { openHealthDoor } from './health/health-door.ts';
import { errorAnswer, missingAnswer } from './http/error-answer.ts';
import { requireOwnOrigin } from './http/own-origin.ts';
import { visitorLocale } from './http/visitor-locale.ts';
import { openInvoicesDoor } from './invoices/invoices-door.ts';
import { openMediaDoor } from './media/media-door.ts';
import { openMetricsDoor } from './metrics/metrics-door.ts';
import { openOperatorDoor } from './operator/operator-door.ts';
import { openPayoutsDoor } from './payouts/payouts-door.ts';
import { openStreamsDoor } from './streams/streams-door.ts';
import { openUploadsDoor } from './uploads/uploads-door.ts';
import { openWebhooksDoor } from './webhooks/webhooks-door.ts';

export type Api = Hono<{ Bindings: HttpBindings }>;

const MOST_BODY_BYTES = 1024 * 1024;
/** Photos come in here; the door has its own limits. */
const UPLOADED_FILES = '/api/uploads/files';

/** Every door for machines and scripts. What it does not know under /api and /media is missing, in JSON. */
export function openApi(ctx: Context): Api {
  const api: Api = new Hono<{ Bindings: HttpBindings }>();
  api.onError((error, c) => {
    const told = errorAnswer(error, localeOf(c.req.raw), ctx.log);
    return c.json(told.body, told.status, told.headers);
  });
  api.notFound((c) => {
    const told = missingAnswer(localeOf(c.req.raw), ctx.log);
    return c.json(told.body, told.status, told.headers);
  });

  api.use('/api/*', (c, next) => {
    const headers = { origin: c.req.header('origin'), host: c.req.header('host') };
    requireOwnOrigin(c.req.method, headers, ctx.config.publicUrl);
    return next();
  });
  const limit = bodyLimit({ maxSize: MOST_BODY_BYTES, onError: refuseBody });
  api.use('/api/*', (c, next) => (c.req.path.startsWith(UPLOADED_FILES) ? next() : limit(c, next)));

  api.route('/api/health', openHealthDoor(ctx));
  api.route('/api/metrics', openMetricsDoor(ctx));
  api.route('/api/cart', openCartDoor(ctx));
  api.route('/api/clock', openClockDoor(ctx));
  api.route('/api/closed-events', openClosedEventsDoor(ctx));
  api.route('/api/downloads', openDownloadsDoor(ctx));
  api.route('/api/invoices', openInvoicesDoor(ctx));
  api.route('/api/operator', openOperatorDoor(ctx));
  api.route('/api/payouts', openPayoutsDoor(ctx));
  api.route('/api/webhooks', openWebhooksDoor(ctx));
  api.route('/api/galleries', openGalleriesDoor(ctx));
  api.route('/api/streams', openStreamsDoor(ctx));
  api.route('/api/uploads', openUploadsDoor(ctx));
  api.route('/media', openMediaDoor(ctx));
  return api;
}

export function isApiPath(path: string): boolean {
  return /^\/(?:api|media)(?:\/|$)/.test(path);
}

function refuseBody(): never {
  throw new DomainError('too-large', { public: { key: 'platform.tooLarge' } });
}

function localeOf(request: Request) {
  return visitorLocale({
    cookie: request.headers.get('cookie') ?? undefined,
    'accept-language': request.headers.get('accept-language') ?? undefined,
  });
}
