import { expect, test } from 'vitest';
import { findFirstNew, hearNotices, idsShown, NO_NEW_PHOTOS } from './new-photos.ts';

const nothing = new Set<string>();
const ready = (...ids: string[]) =>
  JSON.stringify(ids.map((photoId) => ({ type: 'photo-ready', data: { photoId } })));

test('a photo is counted once, however often it is told', () => {
  const once = hearNotices(NO_NEW_PHOTOS, ready('a', 'b', 'a'), nothing);
  expect([...once.ids]).toEqual(['a', 'b']);
  expect(hearNotices(once, ready('b'), nothing)).toBe(once);
});

test('a photo the page already shows is not new', () => {
  expect(hearNotices(NO_NEW_PHOTOS, ready('a'), new Set(['a']))).toBe(NO_NEW_PHOTOS);
});

test('a stream that had too much to tell says that there are some', () => {
  const heard = hearNotices(NO_NEW_PHOTOS, JSON.stringify([{ type: 'reload', data: {} }]), nothing);
  expect(heard).toEqual({ ids: nothing, uncounted: true });
});

test('no more than 999 photos are counted', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `photo ${index}`);
  const heard = hearNotices(NO_NEW_PHOTOS, ready(...ids), nothing);
  expect([heard.ids.size, heard.uncounted]).toEqual([0, true]);
});

test.each([
  '',
  '{',
  'null',
  '{"type":"photo-ready"}',
  '[null, {"type":"photo-ready"}]',
  '[{"type":"other"}]',
])('a bundle that says nothing of use is let by: %s', (bundle) => {
  expect(hearNotices(NO_NEW_PHOTOS, bundle, nothing)).toBe(NO_NEW_PHOTOS);
});

test('the first new photo in the order of the gallery is where the page leads', () => {
  const photos = [{ id: 'old' }, { id: 'other page' }, { id: 'new' }];
  const heard = { ids: new Set(['new']), uncounted: false };
  expect(findFirstNew(photos, heard, new Set(['old']))).toBe('new');
  expect(findFirstNew(photos, { ids: nothing, uncounted: true }, new Set(['old']))).toBe('other page');
  expect(findFirstNew(photos.slice(0, 2), heard, new Set(['old']))).toBeNull();
});

test('a new photo that another one stands for is shown by it, and is not told of again', () => {
  const photos = [{ id: 'old' }, { id: 'lead', others: ['new', 'third'] }];
  const heard = { ids: new Set(['new']), uncounted: false };
  expect(findFirstNew(photos, heard, new Set(['old']))).toBe('lead');
  expect(idsShown(photos)).toEqual(new Set(['old', 'lead', 'new', 'third']));
  expect(hearNotices(NO_NEW_PHOTOS, ready('third'), idsShown(photos))).toBe(NO_NEW_PHOTOS);
});
