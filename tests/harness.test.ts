import { describe, expect, it } from 'vitest';
import { makeEvent, makeOrder, makeOrderLine, makePhoto, makePro, makeStartListEntry } from './factories.ts';
import { createTestContext } from './harness.ts';

describe('factories', () => {
  it('make an event with its photos, counted, and an order of one of them', async () => {
    const ctx = await createTestContext();
    const { organisation } = await makePro(ctx);
    const event = await makeEvent(ctx, { organisationId: organisation.id });
    await makeStartListEntry(ctx, { eventId: event.id });
    const photo = await makePhoto(ctx, { eventId: event.id });
    const order = await makeOrder(ctx);
    const line = await makeOrderLine(ctx, { orderId: order.id, eventId: event.id, photoId: photo.id });
    expect(line.kind).toBe('photo');
    expect(photo.organisationId).toBe(organisation.id);
  });
});
