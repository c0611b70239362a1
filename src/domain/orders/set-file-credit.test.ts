import { expect, test } from 'vitest';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { getFileCredit } from './get-file-credit.ts';
import { setFileCredit } from './set-file-credit.ts';

test('a credit is the event’s own, fits its field, and is taken back by nothing', async () => {
  const ctx = await createTestContext();
  const [mine, other] = [await makePro(ctx), await makePro(ctx)];
  const { id: eventId } = await makeEvent(ctx, { organisationId: mine.organisation.id });
  const own = { ...ctx, actor: mine.actor };
  const wanted = { eventId, credit: ' Photo Léa ', licence: '' };
  await setFileCredit(own, wanted);
  expect(await getFileCredit(own, { eventId })).toEqual({ credit: 'Photo Léa', licence: null });
  for (const wrong of [
    { ...wanted, credit: 'é'.repeat(17) },
    { ...wanted, licence: 'x'.repeat(257) },
    { ...wanted, credit: '', licence: 'Usage personnel' },
  ]) {
    await expect(setFileCredit(own, wrong)).rejects.toMatchObject({ code: 'bad-input' });
  }
  const stranger = { ...ctx, actor: other.actor };
  await expect(setFileCredit(stranger, wanted)).rejects.toMatchObject({ code: 'not-found' });
  await expect(getFileCredit(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
  await setFileCredit(own, { ...wanted, credit: '' });
  expect(await getFileCredit(own, { eventId })).toBeNull();
});
