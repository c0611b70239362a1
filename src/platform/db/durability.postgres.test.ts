import { expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/doubles/test-database.ts';
import { requireDurability } from './durability.ts';

it('refuses a server that may forget what it acknowledged', async () => {
  // The test server runs with fsync and full_page_writes off.
  const database = await openTestDatabase('postgres');
  await expect(requireDurability(database)).rejects.toThrow(/set fsync, full_page_writes to on/);
  await database.close();
});
