import { expect, test } from 'vitest';
import { makeEvent, makePhoto } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { listFirstPhotos } from './list-first-photos.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 21, 10, minute));

test('the first wide photo anyone may see stands for its event', async () => {
  const ctx = await createTestContext();
  const [event, other] = [await makeEvent(ctx), await makeEvent(ctx)];
  await makePhoto(ctx, { eventId: event.id, takenAt: at(1), hiddenAt: at(30) });
  await makePhoto(ctx, { eventId: event.id, takenAt: at(2), widthPx: 2000, heightPx: 3000 });
  await makePhoto(ctx, { eventId: event.id, takenAt: at(3), state: 'prepared' });
  await makePhoto(ctx, { eventId: event.id, takenAt: at(5) });
  const first = await makePhoto(ctx, { eventId: event.id, takenAt: at(4) });
  const elsewhere = await makePhoto(ctx, { eventId: other.id, takenAt: at(9) });
  const found = await listFirstPhotos(ctx, { eventIds: [event.id, other.id] });
  expect([...found].sort()).toEqual(
    [
      [event.id, first.id],
      [other.id, elsewhere.id],
    ].sort(),
  );
});

test('an event that is not published, or has no photo, shows none', async () => {
  const ctx = await createTestContext();
  const [draft, empty] = [await makeEvent(ctx, { status: 'draft' }), await makeEvent(ctx)];
  await makePhoto(ctx, { eventId: draft.id, takenAt: at(1) });
  expect(await listFirstPhotos(ctx, { eventIds: [draft.id, empty.id] })).toEqual(new Map());
  expect(await listFirstPhotos(ctx, { eventIds: [] })).toEqual(new Map());
});
