import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { makeEvent, makeOrder, makeOrderLine, makePhoto, makeUser } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { claimOrders } from './claim-orders.ts';
import { hashToken } from './find-cart.ts';
import { getOrderBySecret } from './get-order.ts';
import { listOwnOrders } from './list-own-orders.ts';
import { orderSecret } from './order-secret.ts';

async function openAccount(row: Parameters<typeof makeUser>[1] = {}) {
  const base = await createTestContext();
  const user = await makeUser(base, row);
  const actor = { kind: 'account' as const, userId: user.id, role: 'RUNNER' as const, organisationId: null };
  return { base, ctx: withActor(base, actor), user };
}

describe('the orders of an account', () => {
  test('are listed newest first, page by page, with what is in them', async () => {
    const { base, ctx, user } = await openAccount();
    const event = await makeEvent(base, { name: 'Trail des Lampions' });
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const id = base.random.id();
      const secretHash = hashToken(orderSecret(ctx, id));
      const order = await makeOrder(base, { id, userId: user.id, state: 'paid', secretHash });
      const photo = await makePhoto(base, { eventId: event.id });
      await makeOrderLine(base, { orderId: order.id, eventId: event.id, photoId: photo.id, bib: '12' });
      made.unshift(order.id);
      base.clock.advance(60);
    }
    const first = await listOwnOrders(ctx, { limit: 3 });
    const rest = await listOwnOrders(ctx, { limit: 3, after: first.next ?? undefined });
    expect([...first.orders, ...rest.orders].map(({ orderId }) => orderId)).toEqual(made);
    expect(rest.next).toBeNull();
    const [latest] = first.orders;
    expect(latest).toMatchObject({ eventNames: ['Trail des Lampions'], bibs: ['12'], photoCount: 1 });
    const secret = latest?.path.split('/').at(-1) ?? '';
    expect((await getOrderBySecret(ctx, { secret })).orderId).toBe(latest?.orderId);
  });

  test('are its own alone, and nobody else’s', async () => {
    const { base, ctx } = await openAccount();
    const other = await makeUser(base);
    const { id } = await makeOrder(base, { userId: other.id, state: 'paid' });
    expect(await listOwnOrders(ctx, {})).toEqual({ orders: [], next: null });
    expect((await listOwnOrders(ctx, { after: id })).orders).toEqual([]);
    await expect(listOwnOrders(base, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('take in what was bought before as a guest, once the address is proven', async () => {
    const email = `anne-${Date.now()}@example.org`;
    const { base, ctx } = await openAccount({ email });
    const guest = await makeOrder(base, { email: email.toUpperCase(), state: 'paid' });
    await makeOrder(base, { email: `other-${email}`, state: 'paid' });
    const stranger = await makeUser(base);
    await makeOrder(base, { email, userId: stranger.id, state: 'paid' });
    expect(await claimOrders(ctx)).toBe(1);
    expect(await claimOrders(ctx)).toBe(0);
    expect((await listOwnOrders(ctx, {})).orders.map(({ orderId }) => orderId)).toEqual([guest.id]);
  });

  test('stay a guest’s while nobody has proven the address', async () => {
    const email = `paul-${Date.now()}@example.org`;
    const { base, ctx } = await openAccount({ email, emailVerified: false });
    await makeOrder(base, { email, state: 'paid' });
    expect(await claimOrders(ctx)).toBe(0);
    expect((await listOwnOrders(ctx, {})).orders).toEqual([]);
  });
});
