import type { ActAnswer } from '#domain/matching/decide-tags.ts';
import type { UndoAnswer } from '#domain/matching/undo-act.ts';
import type { TriageTurn } from '#domain/triage/claim-triage.ts';
import type { TriagePhoto } from '#domain/triage/triage-photo.ts';
import type { Answer } from './actions.ts';
import { createOutbox, type OutboxPorts, type Posting } from './triage-outbox.client.ts';
import { createPace } from './triage-pace.client.ts';
import type { TriageNews, TriageView } from './triage-view.client.ts';
import { type ActWords, applyWords, confirmedOf } from './triage-words.client.ts';

/** Photos in hand beyond the one that is shown: fetched before they are needed. */
const LEAST_AHEAD = 10;
const GIVEN_AT_ONCE = 12;
/** More than anybody goes back. */
const MOST_KEPT = 400;

export interface TriagePorts extends OutboxPorts {
  claim: (limit: number, keep: string[], after: string | null) => Promise<Answer<TriageTurn>>;
  load: (photoIds: string[]) => Promise<Answer<TriagePhoto[]>>;
  newId: () => string;
  now: () => number;
}

interface LocalAct {
  actId: string;
  at: number;
  before: TriagePhoto[];
}

/** One open triage page: what it has in hand, what was decided, and what is still to be saved. */
export function createTriageSession(ports: TriagePorts, onChange: () => void) {
  let photos: TriagePhoto[] = [];
  let at = 0;
  let state: TriageView['state'] = 'loading';
  let failure: string | null = null;
  let after: string | null = null;
  let claiming = false;
  let ended = false;
  let left = 0;
  let news: TriageNews | null = null;
  const acts: LocalAct[] = [];
  const pace = createPace(ports.now);
  const outbox = createOutbox(ports, { onDecided, onUndone, onRefused, onChange });

  /** Decided by somebody else meanwhile: to be seen once, whatever is open on them. */
  const toReview = new Set<string>();
  /** What the server found in no start list, by photo and bib: accepted once more, it is meant. */
  const doubted = new Set<string>();
  const isOpen = ({ part, photoId }: TriagePhoto) => part !== 'settled' || toReview.has(photoId);
  const inHand = () => photos.filter(isOpen).map(({ photoId }) => photoId);
  const ahead = () => photos.slice(at + 1).filter(isOpen);

  /** Takes the next photos when few are left; from the start again once the end was reached. */
  async function refill(): Promise<void> {
    if (claiming || ended || ahead().length >= LEAST_AHEAD) return;
    claiming = true;
    const fromStart = after === null;
    const answer = await ports.claim(GIVEN_AT_ONCE, inHand(), after).catch(() => null);
    claiming = false;
    if (answer?.state !== 'done') {
      if (!photos[at]) [state, failure] = ['failed', answer?.message ?? null];
      return onChange();
    }
    const taken = take(answer.value);
    after = answer.value.next;
    ended = after === null && fromStart && taken === 0;
    state = 'ready';
    onChange();
    if (!ended) await refill();
  }

  function take(turn: TriageTurn): number {
    const kept = new Set(turn.kept);
    const shown = photos[at]?.photoId;
    left = turn.left.doubtful + turn.left.unknown;
    // What another page has taken meanwhile is theirs; the photo in front of a person stays.
    remove(
      (photo, index) => index > at && isOpen(photo) && photo.photoId !== shown && !kept.has(photo.photoId),
    );
    return add(turn.photos, photos.length);
  }

  function add(given: TriagePhoto[], where: number): number {
    const fresh = given.filter(({ photoId }) => !outbox.touches(photoId));
    const ids = new Set(fresh.map(({ photoId }) => photoId));
    const before = photos.slice(0, where).filter(({ photoId }) => !ids.has(photoId));
    const later = photos.slice(where).filter(({ photoId }) => !ids.has(photoId));
    const shown = photos[at]?.photoId;
    photos = [...before, ...fresh, ...later];
    for (const { photoId, mark } of fresh) outbox.note(photoId, mark);
    const stays = photos.findIndex(({ photoId }) => photoId === shown);
    if (stays >= 0) at = stays;
    if (at > MOST_KEPT) [photos, at] = [photos.slice(at - MOST_KEPT), MOST_KEPT];
    return fresh.filter(isOpen).length;
  }

  function remove(gone: (photo: TriagePhoto, index: number) => boolean): void {
    photos = photos.filter((photo, index) => !gone(photo, index));
  }

  /** Puts what the server says of these photos in place of what is here. */
  async function reload(photoIds: string[], show: 'here' | 'next'): Promise<void> {
    const answer = await ports.load(photoIds).catch(() => null);
    if (answer?.state !== 'done') return;
    const now = new Map(answer.value.map((photo) => [photo.photoId, photo]));
    for (const photo of answer.value) outbox.note(photo.photoId, photo.mark);
    if (show === 'next') {
      const shown = photos[at]?.photoId;
      add(
        answer.value.filter(({ photoId }) => photoId !== shown),
        at + 1,
      );
    }
    photos = photos.map((photo) =>
      outbox.touches(photo.photoId) ? photo : (now.get(photo.photoId) ?? photo),
    );
    onChange();
  }

  function onDecided(posting: Posting, answer: ActAnswer): void {
    if (answer.outcome === 'unlisted') {
      news = { kind: 'unlisted', photoId: posting.photoIds[0] ?? '', bibs: answer.bibs };
      if (posting.kind === 'decide') for (const word of confirmedOf(posting.words)) doubted.add(word);
      takeBack(posting);
      void reload(posting.photoIds, 'next');
      return;
    }
    const [first] = answer.overtaken;
    if (!first) return;
    news = { kind: 'overtaken', ...first };
    for (const { photoId } of answer.overtaken) {
      reopen(photoId);
      toReview.add(photoId);
    }
    void reload(
      answer.overtaken.map(({ photoId }) => photoId),
      'next',
    );
  }

  function onUndone(posting: Posting, answer: UndoAnswer): void {
    if (answer.outcome === 'nothing') {
      if (posting.kind === 'undo' && posting.actId === null) news = { kind: 'nothing-to-undo' };
      return;
    }
    if (answer.kept[0])
      news = { kind: 'kept', bibs: answer.kept.map(({ bib }) => bib), by: answer.kept[0].by };
    const older = posting.kind === 'undo' && posting.actId === null;
    if (older) void reload(Object.keys(answer.marks), 'next').then(() => move(1));
    else if (answer.kept.length > 0) void reload(Object.keys(answer.marks), 'here');
  }

  function onRefused(posting: Posting, message: string): void {
    const [photoId = ''] = posting.photoIds;
    news =
      posting.kind === 'undo' ? { kind: 'not-undone', message } : { kind: 'not-saved', photoId, message };
    takeBack(posting);
    void reload(posting.photoIds, 'here');
  }

  /** Nothing of an act holds: its photos are as they were before, and there is nothing of it to undo. */
  function takeBack({ actId }: Posting): void {
    const index = acts.findIndex((act) => act.actId === actId);
    for (const act of index < 0 ? [] : acts.splice(index, 1)) restore(act);
  }

  function restore(act: LocalAct): Map<string, TriagePhoto> {
    const before = new Map(act.before.map((photo) => [photo.photoId, photo]));
    const wereOpen = inHand().length;
    photos = photos.map((photo) => before.get(photo.photoId) ?? photo);
    left += inHand().length - wereOpen;
    pace.takeBack();
    return before;
  }

  /** A photo whose act did not hold is open again, as it was before. */
  function reopen(photoId: string): void {
    const before = acts.flatMap((act) => act.before).find((photo) => photo.photoId === photoId);
    if (before) photos = photos.map((photo) => (photo.photoId === photoId ? before : photo));
  }

  function move(steps: number): void {
    toReview.delete(photos[at]?.photoId ?? '');
    at = Math.min(Math.max(at + steps, 0), photos.length);
    forgetNews();
    onChange();
    void refill();
  }

  /** What was typed and not saved is told until its photo was decided or passed over. */
  function forgetNews(): void {
    const due = news?.kind === 'unlisted' ? news.photoId : null;
    if (!photos.slice(at).some((photo) => photo.photoId === due && isOpen(photo))) news = null;
  }

  function decide(said: ActWords): void {
    const words = { ...said, unlisted: said.unlisted || confirmedOf(said).some((word) => doubted.has(word)) };
    const photoIds = [...new Set([...words.decisions.map(({ photoId }) => photoId), ...words.settle])];
    if (photoIds.length === 0) return;
    const actId = ports.newId();
    for (const photoId of photoIds) toReview.delete(photoId);
    acts.push({ actId, at, before: photos.filter(({ photoId }) => photoIds.includes(photoId)) });
    const wereOpen = inHand().length;
    photos = photos.map((photo) => (photoIds.includes(photo.photoId) ? applyWords(photo, words) : photo));
    left = Math.max(left - (wereOpen - inHand().length), 0);
    pace.note();
    forgetNews();
    outbox.post({ kind: 'decide', actId, photoIds, words });
    const shown = photos[at];
    if (shown && isOpen(shown)) {
      onChange();
      return;
    }
    const next = photos.findIndex((photo, index) => index > at && isOpen(photo));
    move(next < 0 ? photos.length - at : next - at);
  }

  function undo(): void {
    const act = acts.pop();
    news = null;
    if (!act) {
      outbox.post({ kind: 'undo', actId: null, photoIds: [] });
      return;
    }
    const before = restore(act);
    const photoIds = [...before.keys()];
    if (!outbox.withdraw(act.actId)) outbox.post({ kind: 'undo', actId: act.actId, photoIds });
    const back = photos.findIndex(({ photoId }) => before.has(photoId));
    at = back >= 0 ? back : act.at;
    onChange();
  }

  function view(): TriageView {
    const photo = photos[at] ?? null;
    return {
      state: photo === null && claiming ? 'loading' : state,
      ...{ failure, photo, left, news, behind: at, ahead: ahead() },
      skipped: photos.slice(0, at).filter(isOpen).length,
      decided: pace.decided(),
      decidedPerHour: pace.perHour(),
      unsaved: outbox.size(),
      stuck: outbox.stuck(),
      canUndo: acts.length > 0,
    };
  }

  return {
    view,
    refill,
    decide,
    undo,
    move,
    /** Renews what is held; for a timer while somebody works here. */
    async renew(): Promise<void> {
      if (claiming || inHand().length === 0) return;
      const answer = await ports.claim(0, inHand(), after).catch(() => null);
      if (answer?.state === 'done') take({ ...answer.value, photos: [] });
      onChange();
    },
    /** Learns what the last decisions made of the photos in hand: their burst was weighed again. */
    refresh: () =>
      reload(
        ahead().map(({ photoId }) => photoId),
        'here',
      ),
    /** Looks again from the start: for the end of the queue. */
    again(): void {
      [ended, after, failure] = [false, null, null];
      const open = photos.findIndex(isOpen);
      at = open >= 0 ? open : photos.length;
      onChange();
      void refill();
    },
  };
}

export type TriageSession = ReturnType<typeof createTriageSession>;
