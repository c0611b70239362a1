import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction, withActor } from '#context.ts';
import { auditEntries } from '#domain/audit/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makePro,
  makeStartListEntry,
  makeUser,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { decideTags } from './decide-tags.ts';
import { recordFindings } from './record-findings.ts';
import { attributions, photosToWeigh } from './tables.ts';
import { undoAct } from './undo-act.ts';
import { weighPhotos } from './weigh-photos.ts';

const evidence = [{ kind: 'bib' as const, weight: 1, values: { confidence: 0.7 } }];

/** An event with 101 and 202 in its start list, and two people who look after it. */
async function openTriage(status: 'published' | 'archived' = 'published') {
  const ctx = await createTestContext();
  const { organisation, actor, user } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id, status });
  const eventId = event.id;
  for (const bib of ['101', '202']) await makeStartListEntry(ctx, { eventId, bib });
  const colleague = await makeUser(ctx, { role: 'PHOTOGRAPHER', name: 'Noé Petit' });
  const addPhoto = async (probability = 0.6, bib = '101') => {
    const { id } = await makePhoto(ctx, { eventId, doubtful: true, triageGain: 1.5 });
    await makeAttribution(ctx, { eventId, photoId: id, bib, probability, evidence });
    return id;
  };
  const shown = async (photoId: string) => {
    const [row] = await ctx.db.select().from(photos).where(eq(photos.id, photoId));
    return { bibs: row?.bibs, doubtful: row?.doubtful, waits: row?.triageGain != null };
  };
  const tagsOf = async (photoId: string) => {
    const rows = await ctx.db.select().from(attributions).where(eq(attributions.photoId, photoId));
    return Object.fromEntries(rows.map(({ bib, decision }) => [bib, decision]));
  };
  const owner = withActor(ctx, actor);
  const act = (input: Omit<Parameters<typeof decideTags>[1], 'eventId' | 'actId'>, who = owner) => {
    ctx.clock.advance(1000);
    return decideTags(who, { eventId, actId: ctx.random.id(), ...input });
  };
  const other = withActor(ctx, { ...actor, userId: colleague.id });
  return { ctx, eventId, owner, user, other, addPhoto, shown, tagsOf, act };
}

describe('a decision', () => {
  test('publishes a doubtful tag, is a fact with its author, and has the burst weighed again', async () => {
    const { ctx, user, addPhoto, shown, act } = await openTriage();
    const photoId = await addPhoto();
    const answer = await act({ decisions: [{ photoId, bib: '101', decision: 'confirmed' }] });
    expect(answer).toMatchObject({ outcome: 'decided', overtaken: [], marks: { [photoId]: '+101 ' } });
    expect(await shown(photoId)).toEqual({ bibs: ['101'], doubtful: false, waits: false });
    const [tag] = await ctx.db.select().from(attributions).where(eq(attributions.photoId, photoId));
    expect(tag).toMatchObject({ decision: 'confirmed', decidedBy: user.id, decidedAt: ctx.clock.now() });
    expect(await ctx.db.$count(photosToWeigh, eq(photosToWeigh.photoId, photoId))).toBe(1);
    const [entry] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.actorId, user.id));
    expect(entry).toMatchObject({ action: 'matching.decide-tags', details: { tags: 1, settled: 0 } });
  });

  test('moves a tag to another bib in one act, which is undone as one', async () => {
    const { owner, eventId, addPhoto, shown, tagsOf, act } = await openTriage();
    const photoId = await addPhoto(0.99);
    await act({
      decisions: [
        { photoId, bib: '101', decision: 'rejected' },
        { photoId, bib: ' n° 202 ', decision: 'confirmed' },
      ],
    });
    expect(await shown(photoId)).toMatchObject({ bibs: ['202'] });
    await undoAct(owner, { eventId });
    expect(await tagsOf(photoId)).toEqual({ '101': null });
    expect(await shown(photoId)).toMatchObject({ bibs: ['101'] });
  });

  test('on a bib of no start list is asked about first', async () => {
    const { addPhoto, tagsOf, act } = await openTriage();
    const photoId = await addPhoto();
    const decisions = [{ photoId, bib: '999', decision: 'confirmed' as const }];
    expect(await act({ decisions })).toEqual({ outcome: 'unlisted', bibs: ['999'] });
    expect(await tagsOf(photoId)).toEqual({ '101': null });
    expect(await act({ decisions, unlisted: true })).toMatchObject({ outcome: 'decided' });
    expect(await tagsOf(photoId)).toEqual({ '101': null, '999': 'confirmed' });
  });

  test('outlives every later reading and weighing', async () => {
    const { ctx, eventId, addPhoto, tagsOf, shown, act } = await openTriage();
    const photoId = await addPhoto();
    await act({
      decisions: [
        { photoId, bib: '101', decision: 'rejected' },
        { photoId, bib: '202', decision: 'confirmed' },
      ],
    });
    const box = { x: 0.4, y: 0.5, w: 0.1, h: 0.05 };
    const read = { bib: '101', text: '101', box, confidence: 0.99, tiltDegrees: 0, kind: 'sure' as const };
    const bibs = [{ ...read, digitProbabilities: '' }];
    const engine = { name: 'test', version: '2' };
    const analysis = { engine, bibs, dropped: [] };
    await inTransaction(ctx, (tx) => recordFindings(tx, { photoId, analysis }));
    await weighPhotos(withActor(ctx, { kind: 'system', name: 'test' }), { eventId });
    expect(await tagsOf(photoId)).toEqual({ '101': 'rejected', '202': 'confirmed' });
    expect(await shown(photoId)).toEqual({ bibs: ['202'], doubtful: false, waits: false });
  });

  test('that nobody can be named takes the photo out of triage until it is undone', async () => {
    const { owner, eventId, addPhoto, shown, act } = await openTriage();
    const photoId = await addPhoto();
    await act({ settle: [photoId] });
    expect(await shown(photoId)).toEqual({ bibs: [], doubtful: true, waits: false });
    await undoAct(owner, { eventId });
    expect(await shown(photoId)).toMatchObject({ waits: true });
  });

  test('sent twice counts once', async () => {
    const { ctx, owner, eventId, addPhoto } = await openTriage();
    const photoId = await addPhoto();
    const actId = ctx.random.id();
    const send = () =>
      decideTags(owner, { eventId, actId, decisions: [{ photoId, bib: '202', decision: 'confirmed' }] });
    expect(await send()).toEqual(await send());
    expect(await undoAct(owner, { eventId, actId })).toMatchObject({ outcome: 'undone' });
    expect(await undoAct(owner, { eventId, actId })).toEqual({ outcome: 'nothing' });
  });
});

describe('two people', () => {
  test('do not overwrite each other unseen: the second is told, and may say it again', async () => {
    const { addPhoto, tagsOf, act, other } = await openTriage();
    const [photoId, free] = [await addPhoto(), await addPhoto()];
    await act({ decisions: [{ photoId, bib: '101', decision: 'rejected' }] }, other);
    const decisions = [
      { photoId, bib: '101', decision: 'confirmed' as const },
      { photoId: free, bib: '101', decision: 'confirmed' as const },
    ];
    const answer = await act({ decisions, seen: { [photoId]: '', [free]: '' } });
    expect(answer).toMatchObject({ overtaken: [{ photoId, by: 'Noé Petit' }] });
    expect([await tagsOf(photoId), await tagsOf(free)]).toEqual([
      { '101': 'rejected' },
      { '101': 'confirmed' },
    ]);
    const seen = answer.outcome === 'decided' ? answer.marks : {};
    await act({ decisions, seen });
    expect(await tagsOf(photoId)).toEqual({ '101': 'confirmed' });
  });

  test('an act is undone to what stood before, but not over a later word of somebody else', async () => {
    const { owner, eventId, addPhoto, tagsOf, act, other } = await openTriage();
    const photoId = await addPhoto();
    await act({ decisions: [{ photoId, bib: '101', decision: 'confirmed' }] });
    await act({ decisions: [{ photoId, bib: '101', decision: 'rejected' }] }, other);
    const kept = [{ photoId, bib: '101', by: 'Noé Petit' }];
    expect(await undoAct(owner, { eventId })).toMatchObject({ outcome: 'undone', kept });
    expect(await tagsOf(photoId)).toEqual({ '101': 'rejected' });
    await undoAct(other, { eventId });
    expect(await tagsOf(photoId)).toEqual({ '101': null });
    expect(await undoAct(other, { eventId })).toEqual({ outcome: 'nothing' });
  });

  test('of other organisations are refused, and so is an archived event', async () => {
    const { ctx, eventId, addPhoto, act } = await openTriage();
    const photoId = await addPhoto();
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    await expect(act({ settle: [photoId] }, stranger)).rejects.toMatchObject({ code: 'not-found' });
    await expect(undoAct(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
    const elsewhere = await makePhoto(ctx, { eventId: (await makeEvent(ctx)).id });
    await expect(act({ settle: [elsewhere.id] })).rejects.toMatchObject({ code: 'not-found' });
    const closed = await openTriage('archived');
    await expect(closed.act({ settle: [await closed.addPhoto()] })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
