import { expect, test } from 'vitest';
import type { ActAnswer } from '#domain/matching/decide-tags.ts';
import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';
import { createTriageSession } from './triage-session.client.ts';
import { acceptWords, rejectWords, typedWords } from './triage-words.client.ts';

const tag = (bib: string, rivals: string[] = []): TriageTag => ({
  ...{ bib, probability: 0.5, box: null, evidence: [], decision: null, published: false, doubtful: true },
  ...{ rivals, runner: null },
});

const photoOf = (photoId: string, tags = [tag('101')]): TriagePhoto => ({
  ...{ photoId, fileName: photoId, takenAt: null, tone: '#888888', widthPx: 3, heightPx: 2 },
  ...{ previewUrl: photoId, thumbnailUrl: photoId, part: 'doubtful', tags, reads: [], persons: [] },
  ...{ burst: [], mark: '' },
});

/** A server with these photos, whose answers are held until `settle` when `holds` is set. */
async function openDesk(photos: TriagePhoto[]) {
  const server = { saved: [] as string[], away: false, overtaken: [] as string[], left: [...photos] };
  const refusal = { unlisted: '', undo: '' };
  const reach = async () => {
    await Promise.resolve();
    if (server.away) throw new TypeError('Failed to fetch');
  };
  let waited: (() => void)[] = [];
  let ids = 0;
  const session = createTriageSession(
    {
      async claim(limit, keep) {
        await reach();
        const given = server.left.filter(({ photoId }) => !keep.includes(photoId)).slice(0, limit);
        server.left = server.left.filter((photo) => !given.includes(photo));
        const left = { doubtful: photos.length, unknown: 0 };
        return { state: 'done', value: { photos: given, next: null, kept: keep, left } };
      },
      async decide(actId, words, seen) {
        await reach();
        const photoIds = Object.keys(seen);
        server.saved.push(
          `${actId}:${words.decisions.map(({ bib, decision }) => `${decision} ${bib}`).join()}`,
        );
        if (!words.unlisted && words.decisions.some(({ bib }) => bib === refusal.unlisted))
          return { state: 'done', value: { outcome: 'unlisted', bibs: [refusal.unlisted] } };
        const overtaken = server.overtaken.filter((id) => photoIds.includes(id));
        const marks = Object.fromEntries(photoIds.map((id) => [id, `after ${actId}`]));
        const named = overtaken.map((photoId) => ({ photoId, by: 'Noé' }));
        const value: ActAnswer = { outcome: 'decided', marks, overtaken: named };
        return { state: 'done', value };
      },
      async undo(actId) {
        await reach();
        server.saved.push(`undo ${actId}`);
        if (refusal.undo) return { state: 'refused', message: refusal.undo };
        return { state: 'done', value: { outcome: 'nothing' } };
      },
      async load(photoIds) {
        await reach();
        return { state: 'done', value: photos.filter(({ photoId }) => photoIds.includes(photoId)) };
      },
      wait: () => new Promise((resolve) => waited.push(resolve)),
      newId: () => {
        ids += 1;
        return `act-${ids}`;
      },
      now: () => 0,
    },
    () => undefined,
  );
  /** Lets everything under way come to its end, and retries begin. */
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const [due, rest] = [waited, []];
    waited = rest;
    for (const go of due) go();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  await session.refill();
  const accept = () => {
    const { photo } = session.view();
    const [first] = photo?.tags ?? [];
    if (photo && first) session.decide(acceptWords(photo, first, [photo.photoId]));
  };
  return { session, server, refusal, settle, accept, shown: () => session.view().photo?.photoId ?? null };
}

test('the next photo is there before anything is saved, and acts are saved in their order', async () => {
  const { session, server, settle, accept, shown } = await openDesk([
    photoOf('a'),
    photoOf('b'),
    photoOf('c'),
  ]);
  accept();
  accept();
  expect(shown()).toBe('c');
  expect(server.saved).toEqual([]);
  await settle();
  expect(server.saved).toEqual(['act-1:confirmed 101', 'act-2:confirmed 101']);
  expect(session.view()).toMatchObject({ unsaved: 0, left: 1, decided: 2 });
});

test('what does not reach the server is kept, said, and saved once it does', async () => {
  const { session, server, settle, accept } = await openDesk([photoOf('a'), photoOf('b')]);
  server.away = true;
  accept();
  accept();
  await settle();
  expect(session.view()).toMatchObject({ unsaved: 2, stuck: true });
  server.away = false;
  await settle();
  expect(session.view()).toMatchObject({ unsaved: 0, stuck: false });
  expect(server.saved).toEqual(['act-1:confirmed 101', 'act-2:confirmed 101']);
});

test('undo goes back act by act: one not sent yet is never sent, older ones are asked of the server', async () => {
  const { session, server, settle, accept, shown } = await openDesk([
    photoOf('a'),
    photoOf('b'),
    photoOf('c'),
  ]);
  accept();
  await settle();
  accept();
  accept();
  session.undo();
  expect(shown()).toBe('c');
  session.undo();
  session.undo();
  expect([shown(), session.view().photo?.tags[0]?.decision]).toEqual(['a', null]);
  session.undo();
  await settle();
  expect(server.saved).toEqual([
    'act-1:confirmed 101',
    'act-2:confirmed 101',
    'undo act-2',
    'undo act-1',
    'undo null',
  ]);
  expect(session.view().news).toEqual({ kind: 'nothing-to-undo' });
});

test('a photo that somebody else decided meanwhile comes back to be seen', async () => {
  const { session, server, settle, accept, shown } = await openDesk([
    photoOf('a'),
    photoOf('b'),
    photoOf('c'),
  ]);
  server.overtaken = ['a'];
  accept();
  await settle();
  expect(shown()).toBe('b');
  expect(session.view()).toMatchObject({ news: { kind: 'overtaken', photoId: 'a', by: 'Noé' } });
  session.move(1);
  expect(shown()).toBe('a');
});

test('a typed bib that no start list has comes back, and is kept when it is accepted once more', async () => {
  const { session, server, refusal, settle, shown } = await openDesk([
    photoOf('a', []),
    photoOf('b'),
    photoOf('c'),
  ]);
  refusal.unlisted = '999';
  const type = () => {
    const { photo } = session.view();
    const typed = { instead: null, photoIds: ['a'], unlisted: false };
    if (photo) session.decide(typedWords(photoOf('a', []), '999', typed));
  };
  type();
  await settle();
  session.move(1);
  expect(session.view().news).toMatchObject({ kind: 'unlisted', photoId: 'a', bibs: ['999'] });
  expect(shown()).toBe('a');
  const before = server.saved.length;
  type();
  await settle();
  expect(server.saved.slice(before)).toEqual(['act-2:confirmed 999']);
  expect(session.view()).toMatchObject({ news: null, unsaved: 0, decided: 1 });
});

test('an undo that is refused says so, and not that a photo is to be checked again', async () => {
  const { session, refusal, settle, accept } = await openDesk([photoOf('a'), photoOf('b')]);
  accept();
  await settle();
  refusal.undo = 'Archived.';
  session.undo();
  await settle();
  expect(session.view().news).toEqual({ kind: 'not-undone', message: 'Archived.' });
});

test('a photo stays in front until each of its doubts is decided', async () => {
  const { session, accept, shown } = await openDesk([photoOf('a', [tag('101'), tag('102')]), photoOf('b')]);
  accept();
  expect(shown()).toBe('a');
  const { photo } = session.view();
  const doubt = photo?.tags[1];
  if (photo && doubt) session.decide(rejectWords(doubt, ['a']));
  expect(shown()).toBe('b');
});

test('accepting one of two rivals refuses the other; a typed bib refuses both', () => {
  const photo = photoOf('a', [tag('729', ['749']), tag('749', ['729'])]);
  const [first] = photo.tags;
  const said = (words: { decisions: { bib: string; decision: string }[] }) =>
    words.decisions.map(({ bib, decision }) => `${decision} ${bib}`);
  if (!first) throw new Error('no tag');
  expect(said(acceptWords(photo, first, ['a']))).toEqual(['confirmed 729', 'rejected 749']);
  const typed = typedWords(photo, '709', { instead: first, photoIds: ['a'], unlisted: false });
  expect(said(typed)).toEqual(['confirmed 709', 'rejected 729', 'rejected 749']);
  const beside = typedWords(photo, '709', { instead: null, photoIds: ['a'], unlisted: false });
  expect(said(beside)).toEqual(['confirmed 709']);
});
