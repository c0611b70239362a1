import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#context.ts';
import { memberships } from '#domain/accounts/tables.ts';
import { issueInvoices } from '#domain/invoicing/issue-invoices.ts';
import { listInvoices } from '#domain/invoicing/list-invoices.ts';
import { hashToken } from '#domain/orders/find-cart.ts';
import { makeAdmin, makePro, makeUser } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { readPdfText } from '../../../tests/read-pdf-text.ts';
import { makeRefund, makeSale, makeSeller } from '../../../tests/sale-stage.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { openInvoicesDoor } from './invoices-door.ts';

const LEGAL = {
  legalName: 'Focus SAS',
  legalAddress: '1 rue X | 74000 Annecy',
  legalVatNumber: 'FR44732829320',
};

async function soldPhotos(secret = 'the-secret-of-this-order') {
  const ctx = await createTestContext({ config: LEGAL });
  const [seller, other] = [await makeSeller(ctx), await makeSeller(ctx, { rateBps: 0 })];
  const buyer = await makeUser(ctx);
  const billing = {
    name: 'Club Ωμέγα',
    address: '8 quai Œ\n75001 Paris',
    country: 'FR',
    vatNumber: 'FR44732829320',
  };
  const { order, lineIds } = await makeSale(
    ctx,
    [
      { seller, priceCents: 700 },
      { seller, priceCents: 700 },
      { seller, priceCents: 1_001 },
      { seller: other, priceCents: 900 },
    ],
    { userId: buyer.id, billing, secretHash: hashToken(secret) },
  );
  await makeRefund(ctx, order.id, [{ lineId: lineIds[0] ?? '', amountCents: 350 }]);
  await issueInvoices(ctx, { orderId: order.id });
  let actor: Actor = { kind: 'anonymous' };
  const app = new Hono();
  app.onError((error, c) => {
    const told = errorAnswer(error, 'fr', ctx.log);
    return c.json(told.body, told.status, told.headers);
  });
  app.route('/api/invoices', openInvoicesDoor(ctx, { actorOf: async () => actor }));
  const ask = (url: string, by: Actor = { kind: 'anonymous' }) => {
    actor = by;
    return app.request(url);
  };
  const { invoices } = await listInvoices(ctx, { of: { kind: 'order', secret } });
  const of = (kind: string, name: string) =>
    invoices.find((one) => one.kind === kind && one.issuerName.includes(name));
  return { ctx, ask, order, seller, other, buyer, of, invoices };
}

const textOf = async (answer: Response) => readPdfText(Buffer.from(await answer.arrayBuffer()));

describe('the PDF of an invoice', () => {
  test('bears every mention that French law asks for, and equal lines once', async () => {
    const { ask, of, seller, order } = await soldPhotos();
    const invoice = of('invoice', seller.organisation.name);
    const answer = await ask(invoice?.url ?? '');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${invoice?.number}.pdf"; filename*=UTF-8''${invoice?.number}.pdf`,
    });
    const text = (await textOf(answer)).replaceAll(/\s/g, ' ');
    for (const said of [
      `Facture ${invoice?.number}`,
      'Date d’émission :',
      'Date de la vente :',
      order.number,
      `Studio ${seller.organisation.name} EI`,
      '3 rue du Lac',
      'SIREN 732829320',
      'TVA FR44732829320',
      'Club Ωμέγα',
      '8 quai Œ',
      'Photo numérique, fichier d’origine',
      '11,67 €',
      '14,00 €',
      '20,01 €',
      'TVA 20 %',
      '4,00 €',
      '24,01 €',
      `Facture établie par Focus SAS au nom et pour le compte de Studio ${seller.organisation.name} EI.`,
      'indemnité forfaitaire de recouvrement de 40 €',
    ]) {
      expect(text).toContain(said);
    }
  });

  test('says why there is no VAT, and of a credit note which invoice it takes back', async () => {
    const { ask, of, seller, other } = await soldPhotos('another-secret');
    const exempt = await textOf(await ask(of('invoice', other.organisation.name)?.url ?? ''));
    expect(exempt).toContain('TVA non applicable, art. 293 B du CGI');
    const note = of('credit-note', seller.organisation.name);
    const text = await textOf(await ask(note?.url ?? ''));
    expect(text).toContain(`Avoir ${note?.number}`);
    expect(text).toContain(of('invoice', seller.organisation.name)?.number ?? '');
    expect(text.replaceAll(/\s/g, ' ')).toContain('3,50 €');
  });

  test('opens for its buyer, its issuer, the operator and the holder of the link, and for nobody else', async () => {
    const { ctx, ask, of, seller, buyer, other } = await soldPhotos('a-third-secret');
    const invoice = of('invoice', seller.organisation.name);
    const url = `/api/invoices/${invoice?.invoiceId}`;
    const bought: Actor = { kind: 'account', userId: buyer.id, role: 'RUNNER', organisationId: null };
    const allowed = [bought, seller.actor, (await makeAdmin(ctx)).actor];
    for (const actor of allowed) expect((await ask(url, actor)).status).toBe(200);
    const stranger: Actor = { ...bought, userId: (await makeUser(ctx)).id };
    const refused: Actor[] = [{ kind: 'anonymous' }, stranger, other.actor, (await makePro(ctx)).actor];
    for (const actor of refused) expect((await ask(url, actor)).status).toBe(404);
    const wrong = [`/api/invoices/orders/no-such-secret/${invoice?.invoiceId}`, '/api/invoices/none'];
    for (const address of wrong) expect((await ask(address, bought)).status).toBe(404);
  });

  test('tells the buyer’s mail address to the buyer alone, and nothing to who does not manage the seller', async () => {
    const { ctx, ask, of, seller, order } = await soldPhotos('a-fourth-secret');
    const invoice = of('invoice', seller.organisation.name);
    const url = `/api/invoices/${invoice?.invoiceId}`;
    const copyOf = async (address: string, by?: Actor) =>
      (await textOf(await ask(address, by))).replaceAll(/\s/g, '');
    expect(await copyOf(invoice?.url ?? '')).toContain(order.email);
    const sellers = await copyOf(url, seller.actor);
    expect(sellers).toContain('ClubΩμέγα');
    expect(sellers).not.toContain(order.email);
    const { id: userId } = await makeUser(ctx, { role: 'PHOTOGRAPHER' });
    const { id: organisationId } = seller.organisation;
    const membership = { id: ctx.random.id(), organisationId, userId, createdAt: ctx.clock.now() };
    await ctx.db.insert(memberships).values({ ...membership, role: 'photographer' });
    expect((await ask(url, { ...seller.actor, userId })).status).toBe(404);
  });
});
