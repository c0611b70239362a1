import { expect, test } from 'vitest';
import { makeAdmin, makeCredits, makeOrder, makeOrganisation, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openOperatorDoor } from './operator-door.ts';

test('orders leave as a table that no spreadsheet executes, to the operator alone', async () => {
  const ctx = await createTestContext();
  const name = `=1+1-${ctx.random.id()}@example.org`;
  await makeOrder(ctx, { email: name, state: 'paid' });
  const { actor } = await makeAdmin(ctx);
  const door = openOperatorDoor(ctx, { actorOf: async () => actor });
  const answer = await door.request(`/orders.csv?state=paid&q=${encodeURIComponent(name)}`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, row, ...more] = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
  expect(head?.startsWith('number,state,email')).toBe(true);
  expect(row).toContain(`,paid,'${name},900,0,eur,`);
  expect(more).toEqual([]);
  const pro = (await makePro(ctx)).actor;
  for (const other of [pro, { kind: 'anonymous' } as const]) {
    const closed = openOperatorDoor(ctx, { actorOf: async () => other });
    closed.onError((_, c) => c.body(null, 403));
    expect((await closed.request('/orders.csv')).status).toBe(403);
    expect((await closed.request('/credits.csv')).status).toBe(403);
    expect((await closed.request('/disputes/dp_1.pdf')).status).toBe(403);
  }
});

test('movements of credits leave as such a table', async () => {
  const ctx = await createTestContext();
  const { id } = await makeOrganisation(ctx, { name: '=Studio' });
  await makeCredits(ctx, id, 40);
  const { actor } = await makeAdmin(ctx);
  const answer = await openOperatorDoor(ctx, { actorOf: async () => actor }).request('/credits.csv');
  expect(await answer.text()).toContain(",'=Studio,grant,40,,");
});
