import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { exportEntries } from '#domain/invoicing/export-entries.ts';
import { openInvoice } from '#domain/invoicing/open-invoice.ts';
import { attachment } from '../downloads/content-disposition.ts';

/**
 * GET /:invoiceId for those who are signed in and whose it is; GET /orders/:secret/:invoiceId for whoever holds the order's link.
 * A PDF each time drawn anew from the same content, for nobody's cache. GET /entries.csv?from=&to=: the entries of an accountant.
 */
export function openInvoicesDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const door = new Hono();
  door.get('/orders/:secret/:invoiceId', async (c) => {
    const { secret, invoiceId } = c.req.param();
    const invoice = await openInvoice(withActor(ctx, { kind: 'anonymous' }), { invoiceId, secret });
    return answer(invoice.fileName, 'application/pdf', new Uint8Array(invoice.bytes));
  });
  door.get('/entries.csv', async (c) => {
    const actor = await actorOf(ctx, c.req.raw.headers);
    const { of, from, to, lang } = c.req.query();
    const visitor = withActor(ctx, actor, lang === 'en' ? 'en' : 'fr');
    const { fileName, text } = await exportEntries(visitor, { of, from, to });
    return answer(fileName, 'text/csv; charset=utf-8', text);
  });
  door.get('/:invoiceId', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const invoice = await openInvoice(visitor, { invoiceId: c.req.param('invoiceId') });
    return answer(invoice.fileName, 'application/pdf', new Uint8Array(invoice.bytes));
  });
  return door;
}

function answer(fileName: string, type: string, body: Uint8Array<ArrayBuffer> | string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': attachment(fileName),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}
