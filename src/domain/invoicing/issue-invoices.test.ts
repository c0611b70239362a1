import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { makeRefund, makeSale, makeSeller } from '../../../tests/sale-stage.ts';
import { refunds } from '../orders/tables.ts';
import { issueInvoices } from './issue-invoices.ts';
import { SWEEP_INVOICES } from './job-names.ts';
import { setTaxProfile } from './set-tax-profile.ts';
import { sweepInvoices } from './sweep-invoices.ts';
import { invoices } from './tables.ts';

const LEGAL = {
  legalName: 'Focus SAS',
  legalAddress: '1 rue X | 74000 Annecy',
  legalVatNumber: 'FR44732829320',
};

const papersOf = (ctx: Context, orderId: string) =>
  ctx.db.select().from(invoices).where(eq(invoices.orderId, orderId)).orderBy(asc(invoices.number));

describe('invoices of a paid order', () => {
  test('are one for each seller, in the seller’s name by the platform, with exact cents, once', async () => {
    const ctx = await createTestContext({ config: LEGAL });
    const [taxed, exempt] = [await makeSeller(ctx), await makeSeller(ctx, { rateBps: 0 })];
    const { order } = await makeSale(ctx, [
      { seller: taxed, priceCents: 700 },
      { seller: taxed, priceCents: 701 },
      { seller: exempt, priceCents: 900 },
    ]);
    expect(await issueInvoices(ctx, { orderId: order.id })).toEqual({ issued: 2, waiting: [] });
    expect(await issueInvoices(ctx, { orderId: order.id })).toEqual({ issued: 0, waiting: [] });
    const papers = await papersOf(ctx, order.id);
    const of = (id: string) => papers.find((paper) => paper.issuerOrganisationId === id);
    expect(of(taxed.organisation.id)).toMatchObject({
      kind: 'invoice',
      number: 'FC2026-00001',
      totalCents: 1_401,
      vatCents: 234,
      content: {
        orderNumber: order.number,
        seller: { siren: '732829320', vatNumber: 'FR44732829320', address: '3 rue du Lac\n74000 Annecy' },
        issuedBy: { name: 'Focus SAS' },
        buyer: { name: `Client, commande ${order.number}`, email: order.email },
      },
    });
    const second = of(exempt.organisation.id);
    expect([second?.totalCents, second?.vatCents]).toEqual([900, 0]);
    expect(second?.content.notices).toEqual([
      'TVA non applicable, art. 293 B du CGI',
      `Facture établie par Focus SAS au nom et pour le compte de Studio ${exempt.organisation.name} EI.`,
    ]);
  });

  test('are the platform’s own where it is the merchant, and stay so when the mode changes', async () => {
    const ctx = await createTestContext({ config: { ...LEGAL, salesMode: 'merchant' } });
    const seller = await makeSeller(ctx, { rateBps: 0 });
    const { order, lineIds } = await makeSale(ctx, [{ seller, priceCents: 1_200 }]);
    await issueInvoices(ctx, { orderId: order.id });
    const agent = { ...ctx, config: { ...ctx.config, salesMode: 'agent' as const } };
    await makeRefund(ctx, order.id, [{ lineId: lineIds[0] ?? '', amountCents: 600 }]);
    await issueInvoices(agent, { orderId: order.id });
    const papers = await papersOf(ctx, order.id);
    expect(papers.map(({ kind, issuer, vatCents }) => [kind, issuer, vatCents])).toEqual([
      ['invoice', 'platform', 200],
      ['credit-note', 'platform', 100],
    ]);
    expect(papers[0]?.content).toMatchObject({ seller: { name: 'Focus SAS' }, issuedBy: null, notices: [] });
  });

  test('are none for a free order, an unpaid one, and a seller whose photos were given', async () => {
    const ctx = await createTestContext({ config: LEGAL });
    const [seller, giver] = [await makeSeller(ctx), await makeSeller(ctx)];
    const free = await makeSale(ctx, [{ seller, priceCents: 0 }]);
    const unpaid = await makeSale(ctx, [{ seller, priceCents: 900 }], { state: 'processing', paidAt: null });
    const mixed = await makeSale(ctx, [
      { seller, priceCents: 900 },
      { seller: giver, priceCents: 0 },
    ]);
    const issued = [];
    for (const { order } of [free, unpaid, mixed])
      issued.push((await issueInvoices(ctx, { orderId: order.id })).issued);
    expect(issued).toEqual([0, 0, 1]);
  });

  test('wait for a seller who has not said who they are, and are issued once they have', async () => {
    const ctx = await createTestContext();
    const seller = await makeSeller(ctx, { taxed: false });
    const { order } = await makeSale(ctx, [{ seller, priceCents: 900 }]);
    const { id } = seller.organisation;
    expect(await issueInvoices(ctx, { orderId: order.id })).toEqual({ issued: 0, waiting: [id] });
    const profile = {
      legalName: 'Léa Moreau EI',
      address: '3 rue du Lac\n74000 Annecy',
      country: 'FR',
      siren: '732 829 320',
      vatRegime: 'exempt-293b' as const,
      vatNumber: '',
      vatRateBps: 0,
    };
    await setTaxProfile(withActor(ctx, seller.actor), profile);
    expect(ctx.queue.named(SWEEP_INVOICES)).toHaveLength(1);
    expect((await sweepInvoices(ctx)).issued).toBeGreaterThanOrEqual(1);
    const [paper] = await papersOf(ctx, order.id);
    expect([paper?.number, paper?.content.seller.name]).toEqual(['FC2026-00001', 'Léa Moreau EI']);
    // What is issued does not change with its seller.
    await setTaxProfile(withActor(ctx, seller.actor), { ...profile, legalName: 'Autre nom' });
    expect((await papersOf(ctx, order.id))[0]?.content.seller.name).toBe('Léa Moreau EI');
  });
});

describe('credit notes', () => {
  test('follow each succeeded refund by issuer, once, and an amount is invoiced again when its refund fails later', async () => {
    const ctx = await createTestContext({ config: LEGAL });
    const [one, other] = [await makeSeller(ctx), await makeSeller(ctx, { rateBps: 0 })];
    const { order, lineIds } = await makeSale(ctx, [
      { seller: one, priceCents: 700 },
      { seller: other, priceCents: 500 },
    ]);
    const [first = '', second = ''] = lineIds;
    const part = await makeRefund(ctx, order.id, [
      { lineId: first, amountCents: 300 },
      { lineId: second, amountCents: 500 },
    ]);
    await makeRefund(ctx, order.id, [{ lineId: first, amountCents: 100 }], 'pending');
    expect(await issueInvoices(ctx, { orderId: order.id })).toEqual({ issued: 4, waiting: [] });
    await ctx.db.update(refunds).set({ state: 'failed' }).where(eq(refunds.id, part));
    await issueInvoices(ctx, { orderId: order.id });
    expect(await issueInvoices(ctx, { orderId: order.id })).toEqual({ issued: 0, waiting: [] });
    const papers = (await papersOf(ctx, order.id)).filter((paper) => paper.issuer === one.organisation.id);
    expect(
      papers.map(({ number, kind, totalCents, vatCents, content }) => [
        number,
        kind,
        totalCents,
        vatCents,
        content.corrects,
      ]),
    ).toEqual([
      ['FC2026-00001', 'invoice', 700, 117, null],
      ['FC2026-00002', 'credit-note', 300, 50, 'FC2026-00001'],
      ['FC2026-00003', 'invoice', 300, 50, 'FC2026-00002'],
    ]);
  });
});

test('an order that cannot be invoiced keeps no other waiting, and a credit note that was forgotten is made up for', async () => {
  const ctx = await createTestContext({ config: LEGAL });
  const seller = await makeSeller(ctx);
  const sold = (paidAt: Date) => makeSale(ctx, [{ seller, priceCents: 700 }], { paidAt });
  const [broken, later] = [await sold(new Date('2020-01-01')), await sold(new Date('2020-01-02'))];
  const refunded = await sold(ctx.clock.now());
  await issueInvoices(ctx, { orderId: refunded.order.id });
  await makeRefund(ctx, refunded.order.id, [{ lineId: refunded.lineIds[0] ?? '', amountCents: 700 }]);
  let calls = 0;
  const id = () => {
    calls += 1;
    if (calls === 1) throw new Error('no entropy');
    return ctx.random.id();
  };
  await sweepInvoices({ ...ctx, random: { ...ctx.random, id } });
  const kinds = async (orderId: string) => (await papersOf(ctx, orderId)).map((paper) => paper.kind);
  expect(await kinds(broken.order.id)).toEqual([]);
  expect(await kinds(later.order.id)).toEqual(['invoice']);
  expect(await kinds(refunded.order.id)).toEqual(['invoice', 'credit-note']);
});

test('a refund that fails while its credit note is due is asked about once', async () => {
  const ctx = await createTestContext({ config: LEGAL });
  const seller = await makeSeller(ctx);
  const { order, lineIds } = await makeSale(ctx, [{ seller, priceCents: 700 }]);
  await issueInvoices(ctx, { orderId: order.id });
  await makeRefund(ctx, order.id, [{ lineId: lineIds[0] ?? '', amountCents: 700 }]);
  let transactions = 0;
  const transaction: typeof ctx.db.transaction = async (work, ...more) => {
    transactions += 1;
    await ctx.db.update(refunds).set({ state: 'failed' }).where(eq(refunds.orderId, order.id));
    return ctx.db.transaction(work, ...more);
  };
  const db = new Proxy(ctx.db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
  expect(await issueInvoices({ ...ctx, db }, { orderId: order.id })).toEqual({ issued: 0, waiting: [] });
  expect(transactions).toBe(1);
});

test('a tax profile is refused field by field, and set by its owner or manager alone', async () => {
  const ctx = await createTestContext();
  const seller = await makeSeller(ctx, { taxed: false });
  const profile = { legalName: 'Léa', address: '3 rue du Lac', country: 'FR', siren: '732829321' };
  const standard = { ...profile, vatRegime: 'standard' as const, vatNumber: 'FR45732829320', vatRateBps: 0 };
  const refused = await setTaxProfile(withActor(ctx, seller.actor), standard).catch(
    (error: unknown) => error,
  );
  const issues = (refused as { cause: { issues: { path: string[]; message: string }[] } }).cause.issues;
  expect(issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['siren', 'invoicing.sirenWrong'],
    ['vatRateBps', 'invoicing.rateNeeded'],
    ['vatNumber', 'invoicing.vatNumberWrong'],
  ]);
  await expect(setTaxProfile(ctx, standard)).rejects.toMatchObject({ code: 'forbidden' });
});
