import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { makeAdmin, makeUser } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { makeRefund, makeSale, makeSeller } from '../../../tests/sale-stage.ts';
import { exportEntries } from './export-entries.ts';
import { issueInvoices } from './issue-invoices.ts';
import { taxProfiles } from './tables.ts';

test('entries are the actor’s own in a period, credit notes negative, and no name is a formula', async () => {
  const ctx = await createTestContext({ now: new Date('2026-11-30T23:30:00Z') });
  const [seller, other] = [await makeSeller(ctx), await makeSeller(ctx)];
  const named = eq(taxProfiles.organisationId, seller.organisation.id);
  await ctx.db.update(taxProfiles).set({ legalName: '=HYPERLINK("x")' }).where(named);
  const { order, lineIds } = await makeSale(ctx, [
    { seller, priceCents: 700 },
    { seller: other, priceCents: 900 },
  ]);
  await makeRefund(ctx, order.id, [{ lineId: lineIds[0] ?? '', amountCents: 350 }]);
  await issueInvoices(ctx, { orderId: order.id });
  const own = withActor(ctx, seller.actor, 'en');
  const { fileName, text } = await exportEntries(own, {
    of: 'organisation',
    from: '2026-12-01',
    to: '2026-12-31',
  });
  expect(fileName).toBe('focus-racer-entries-2026-12-01-2026-12-31.csv');
  const cell = `"'=HYPERLINK(""x"")"`;
  expect(text.split('\r\n')).toEqual([
    '\ufeffdate,number,kind,issuer,order,net,VAT rate %,VAT,gross,currency,payment reference',
    `2026-12-01,FC2026-00001,invoice,${cell},${order.number},5.83,20,1.17,7,EUR,`,
    `2026-12-01,FC2026-00002,credit note,${cell},${order.number},-2.91,20,-0.59,-3.5,EUR,`,
    '',
  ]);
  const november = await exportEntries(own, { of: 'organisation', from: '2026-11-01', to: '2026-11-30' });
  expect(november.text.split('\r\n')).toHaveLength(2);
  const operator = withActor(ctx, (await makeAdmin(ctx)).actor);
  const all = await exportEntries(operator, { of: 'all', from: '2026-12-01', to: '2026-12-01' });
  expect(all.text.split('\r\n').filter((row) => row.includes(order.number))).toHaveLength(3);
  await expect(exportEntries(own, { of: 'all', from: '2026-12-01', to: '2026-12-01' })).rejects.toMatchObject(
    {
      code: 'forbidden',
    },
  );
  const runner = await makeUser(ctx);
  const asRunner = withActor(ctx, {
    kind: 'account',
    userId: runner.id,
    role: 'RUNNER',
    organisationId: null,
  });
  const wanted = { of: 'organisation', from: '2026-12-01', to: '2026-12-01' };
  await expect(exportEntries(asRunner, wanted)).rejects.toMatchObject({ code: 'forbidden' });
});
