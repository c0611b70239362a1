import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { chooseCover } from './choose-cover.ts';

async function openEvent() {
  const base = await createTestContext();
  const { organisation, actor } = await makePro(base);
  const event = await makeEvent(base, { organisationId: organisation.id });
  const owner = withActor(base, actor);
  const cover = async () => (await getOwnEvent(owner, { eventId: event.id })).coverPhotoId;
  return { base, owner, organisation, event, cover };
}

test('a ready photo of the event becomes its cover, and stops to be', async () => {
  const { base, owner, event, cover } = await openEvent();
  const photo = await makePhoto(base, { eventId: event.id });
  await chooseCover(owner, { eventId: event.id, photoId: photo.id });
  expect(await cover()).toBe(photo.id);
  await chooseCover(owner, { eventId: event.id, photoId: null });
  expect(await cover()).toBeNull();
});

test('no photo of another event, of other people, or unready becomes a cover', async () => {
  const { base, owner, organisation, event, cover } = await openEvent();
  const sibling = await makeEvent(base, { organisationId: organisation.id });
  const photos = [
    await makePhoto(base, { eventId: sibling.id }),
    await makePhoto(base, { eventId: (await makeEvent(base)).id }),
    await makePhoto(base, { eventId: event.id, state: 'received' }),
  ];
  for (const photo of photos) {
    const choice = chooseCover(owner, { eventId: event.id, photoId: photo.id });
    await expect(choice).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await cover()).toBeNull();
});

test('nobody else chooses it', async () => {
  const { base, event, cover } = await openEvent();
  const photo = await makePhoto(base, { eventId: event.id });
  const stranger = withActor(base, (await makePro(base)).actor);
  for (const photoId of [photo.id, null]) {
    const choice = chooseCover(stranger, { eventId: event.id, photoId });
    await expect(choice).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await cover()).toBeNull();
});
