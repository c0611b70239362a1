import { expect, test } from 'vitest';
import { makeOrder, makeOrderLine } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { buy, fillCart, makeShop, orderRow } from '../../../tests/shop.ts';
import { postReadyMail } from './ready-email.ts';
import { waiverStatements } from './waiver.ts';

test('the mail of an order is its receipt: what, for how much, from whom, what was agreed to, and only then any link', async () => {
  const ctx = await createTestContext();
  const { event, photos } = await makeShop(ctx, { photos: 2 });
  const token = await fillCart(
    ctx,
    event.id,
    photos.map((photo) => photo.id),
  );
  const { orderId } = await buy(ctx, token);
  const order = await orderRow(ctx, orderId);
  const [mail] = ctx.mail.posted;
  const text = (mail?.text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
  const said = [
    `Votre commande ${order.number} est réglée : 14,00 €`,
    '2 photos (fichier d’origine), Trail des Crêtes, dossard 1274 – 14,00 €',
    'Vendu par Atelier',
    ...waiverStatements(order.waiverVersion, 'fr'),
    '/fr/orders/',
    'Rétractation : ce droit a pris fin pour les photos disponibles',
    '/withdrawal',
  ];
  const places = said.map((words) => text.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(text.indexOf('http')).toBeGreaterThan(places[4] ?? 0);
});

test('the mail of an order without photos yet promises none, and says that the right of withdrawal stands', async () => {
  const ctx = await createTestContext();
  const { event } = await makeShop(ctx, { photos: 0 });
  const order = await makeOrder(ctx, { state: 'paid', locale: 'en' });
  await makeOrderLine(ctx, { orderId: order.id, eventId: event.id, bib: '7' });
  await postReadyMail(ctx, { order, photos: 0 });
  const [mail] = ctx.mail.posted;
  expect(mail?.subject).toBe(`Your order is paid (${order.number})`);
  expect(mail?.text).toContain('Withdrawal: nothing is available yet.');
  expect(mail?.text).not.toContain('Download');
});
