import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { openInvoice } from '#domain/invoicing/open-invoice.ts';
import { attachment } from '../downloads/content-disposition.ts';

/**
 * GET /:invoiceId for those who are signed in and whose it is; GET /orders/:secret/:invoiceId for whoever holds the order's link.
 * A PDF each time drawn anew from the same content, for nobody's cache.
 */
export function openInvoicesDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const door = new Hono();
  door.get('/orders/:secret/:invoiceId', async (c) => {
    const { secret, invoiceId } = c.req.param();
    return answer(await openInvoice(withActor(ctx, { kind: 'anonymous' }), { invoiceId, secret }));
  });
  door.get('/:invoiceId', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    return answer(await openInvoice(visitor, { invoiceId: c.req.param('invoiceId') }));
  });
  return door;
}

function answer({ fileName, bytes }: { fileName: string; bytes: Buffer }): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': attachment(fileName),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}
