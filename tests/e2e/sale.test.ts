import { afterAll, beforeAll, test } from 'vitest';
import { tellSaleStory } from '../sale-story.ts';
import { openSale, type Sale } from './open-sale.ts';

let sale: Sale;
beforeAll(async () => {
  sale = await openSale();
});
afterAll(() => sale?.close());

test('a sale of two sellers by debit, with a late photo, a refund and a dispute that is won, is right to the cent in the browser', async () => {
  await tellSaleStory(sale.stage);
  await sale.requireNoFault();
});
