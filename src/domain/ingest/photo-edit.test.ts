import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { decideEdit } from '#domain/photos/decide-edit.ts';
import { findPhotoEdit } from '#domain/photos/find-photo-edit.ts';
import { chooseRendition, findRenditionAccess } from '#domain/photos/open-rendition.ts';
import type { AskedKind } from '#domain/photos/photo.ts';
import { photos, renditions } from '#domain/photos/tables.ts';
import type { EditPlan } from '#vision/findings.ts';
import { bibReadOf, newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { askPhotoEdit } from './ask-photo-edit.ts';
import { ingestJobs } from './jobs.ts';
import { preparePhoto } from './prepare-photo.ts';
import { reprocessPhoto } from './reprocess-photo.ts';

const plan: EditPlan = {
  ...{ rotateDegrees: 1.5, exposureStops: 0.4, contrast: 1.1, worthwhile: true },
  whiteBalance: [1, 1, 1.1],
};

/** A ready photo, read by an engine that proposes an edit. */
async function readPhoto(row = {}, edit: EditPlan = plan, config = {}) {
  const engine = newFakeEngine(() => ({ bibs: [bibReadOf('101')], edit }));
  const base = await createTestContext({ engine, config });
  const { organisation, actor } = await makePro(base);
  const event = await makeEvent(base, { organisationId: organisation.id, ...row });
  const photo = await makePhoto(base, { eventId: event.id, state: 'received' });
  await base.storage.put(photo.originalKey, Buffer.from('bytes'), 'image/jpeg');
  const system = withActor(base, { kind: 'system', name: 'test' });
  await preparePhoto(system, { photoId: photo.id }, { attempt: 1 });
  const owner = withActor(base, actor);
  const work = () => runJobs(base, ingestJobs as never);
  const shown = async (kind: AskedKind, ctx = owner) => {
    const access = await findRenditionAccess(base, { photoId: photo.id });
    return access && chooseRendition(ctx, access, kind);
  };
  const keyOf = async (kind: typeof renditions.$inferSelect.kind) => {
    const of = and(eq(renditions.photoId, photo.id), eq(renditions.kind, kind));
    const [found] = await base.db.select().from(renditions).where(of);
    return found?.storageKey;
  };
  const read = async () => (await base.db.select().from(photos).where(eq(photos.id, photo.id)))[0];
  return { base, owner, event, photo, engine, work, shown, keyOf, read };
}

describe('an edit', () => {
  test('is rendered when its owner asks, and shown to nobody else before it is accepted', async () => {
    const { base, owner, photo, engine, work, shown, keyOf } = await readPhoto();
    await expect(decideEdit(owner, { photoId: photo.id, decision: 'accepted' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await askPhotoEdit(owner, { photoId: photo.id });
    await askPhotoEdit(owner, { photoId: photo.id });
    await work();
    expect(engine.edits).toEqual([plan]);
    expect((await shown('edited-preview'))?.storageKey).toBe(await keyOf('edited-preview'));
    expect(await shown('edited-preview', base)).toBeNull();
    expect(await shown('plain-preview', base)).toBeNull();
    expect((await shown('preview', base))?.storageKey).toBe(await keyOf('preview'));
  });

  test('that is accepted is shown to all at new addresses, can be undone, and leaves the original alone', async () => {
    const { base, owner, photo, work, shown, keyOf, read } = await readPhoto();
    await askPhotoEdit(owner, { photoId: photo.id });
    await work();
    await decideEdit(owner, { photoId: photo.id, decision: 'accepted' });
    await decideEdit(owner, { photoId: photo.id, decision: 'accepted' });
    expect(await read()).toMatchObject({ edited: true, shownVersion: 1, originalKey: photo.originalKey });
    for (const kind of ['preview', 'thumbnail'] as const)
      expect((await shown(kind, base))?.storageKey).toBe(await keyOf(`edited-${kind}`));
    expect(await shown('web', base)).toBeNull();
    expect((await shown('plain-preview'))?.everyone).toBe(false);
    expect((await base.storage.get(photo.originalKey)).toString()).toBe('bytes');

    await decideEdit(owner, { photoId: photo.id, decision: 'declined' });
    expect(await read()).toMatchObject({ edited: false, shownVersion: 2 });
    expect((await shown('preview', base))?.storageKey).toBe(await keyOf('preview'));
  });

  test('is accepted by the event’s option, and a person’s no outlives every reading', async () => {
    const { owner, photo, work, read } = await readPhoto({ autoEdit: true });
    await work();
    expect(await read()).toMatchObject({ edited: true, shownVersion: 1 });
    expect(await findPhotoEdit(owner, { photoId: photo.id })).toMatchObject({ decidedBy: null });
    await decideEdit(owner, { photoId: photo.id, decision: 'declined' });
    await reprocessPhoto(owner, { photoId: photo.id });
    await work();
    expect(await read()).toMatchObject({ edited: false, shownVersion: 2 });
  });

  test.each([
    ['would hardly be seen', { ...plan, worthwhile: false }, {}],
    ['the operator does not offer', plan, { aiAutoEditEnabled: false }],
  ])('that %s is neither made nor offered', async (_why, edit, config) => {
    const { owner, photo, engine, work } = await readPhoto({ autoEdit: true }, edit, config);
    await expect(askPhotoEdit(owner, { photoId: photo.id })).rejects.toMatchObject({ code: 'conflict' });
    await work();
    expect(engine.edits).toEqual([]);
  });

  test('that cannot be rendered may be asked for again', async () => {
    const { owner, photo, work } = await readPhoto();
    await askPhotoEdit(owner, { photoId: photo.id });
    const job = ingestJobs.find(({ name }) => name === 'render-edit');
    await job?.onDead?.(owner, { photoId: photo.id } as never, { message: 'crashed' });
    expect(await findPhotoEdit(owner, { photoId: photo.id })).toBeNull();
    await work();
    await askPhotoEdit(owner, { photoId: photo.id });
    await work();
    expect((await findPhotoEdit(owner, { photoId: photo.id }))?.renderedAt).not.toBeNull();
  });

  test('is nobody else’s to ask for or to decide', async () => {
    const { base, photo } = await readPhoto();
    const stranger = withActor(base, (await makePro(base)).actor);
    const refusals = [
      askPhotoEdit(stranger, { photoId: photo.id }),
      decideEdit(stranger, { photoId: photo.id, decision: 'accepted' }),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'not-found' });
  });
});
