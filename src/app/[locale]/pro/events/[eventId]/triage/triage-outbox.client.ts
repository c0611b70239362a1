import type { ActAnswer } from '#domain/matching/decide-tags.ts';
import type { UndoAnswer } from '#domain/matching/undo-act.ts';
import type { Answer } from './actions.ts';
import type { ActWords } from './triage-words.client.ts';

export type Posting =
  | { kind: 'decide'; actId: string; photoIds: string[]; words: ActWords }
  /** Without actId, the person's last act of before this page was opened. */
  | { kind: 'undo'; actId: string | null; photoIds: string[] };

export interface OutboxPorts {
  decide: (actId: string, words: ActWords, seen: Record<string, string>) => Promise<Answer<ActAnswer>>;
  undo: (actId: string | null) => Promise<Answer<UndoAnswer>>;
  wait: (ms: number) => Promise<void>;
}

interface OutboxEvents {
  onDecided: (posting: Posting, answer: ActAnswer) => void;
  onUndone: (posting: Posting, answer: UndoAnswer) => void;
  onRefused: (posting: Posting, message: string) => void;
  onChange: () => void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

export interface Outbox {
  /** How many are not saved yet. */
  size: () => number;
  /** The last try did not reach the server; it goes on trying. */
  stuck: () => boolean;
  /** Whether something that is not saved yet touches the photo. */
  touches: (photoId: string) => boolean;
  post: (posting: Posting) => void;
  /** Takes an act out that was not sent yet; false when it is on its way or saved. */
  withdraw: (actId: string) => boolean;
  /** The mark that the server gave a photo last. */
  note: (photoId: string, mark: string) => void;
}

/** Saves acts one after the other in the order they were made; what does not reach the server is sent again until it does. */
export function createOutbox(ports: OutboxPorts, events: OutboxEvents): Outbox {
  const waiting: Posting[] = [];
  const marks = new Map<string, string>();
  let sending = false;
  let failures = 0;

  async function pump(): Promise<void> {
    if (sending) return;
    sending = true;
    for (let posting = waiting[0]; posting; posting = waiting[0]) {
      const sent = await send(posting).catch(() => false);
      if (sent) {
        waiting.shift();
        failures = 0;
        events.onChange();
        continue;
      }
      failures += 1;
      events.onChange();
      await ports.wait(Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS));
    }
    sending = false;
  }

  async function send(posting: Posting): Promise<true> {
    if (posting.kind === 'undo') {
      const answer = await ports.undo(posting.actId);
      if (answer.state === 'refused') events.onRefused(posting, answer.message);
      else {
        if (answer.value.outcome === 'undone') noteAll(answer.value.marks);
        events.onUndone(posting, answer.value);
      }
      return true;
    }
    const answer = await ports.decide(posting.actId, posting.words, seen(posting.photoIds));
    if (answer.state === 'refused') events.onRefused(posting, answer.message);
    else {
      if (answer.value.outcome === 'decided') noteAll(answer.value.marks);
      events.onDecided(posting, answer.value);
    }
    return true;
  }

  function seen(photoIds: string[]): Record<string, string> {
    const known = photoIds.flatMap((id) => (marks.has(id) ? [[id, marks.get(id) ?? ''] as const] : []));
    return Object.fromEntries(known);
  }

  function noteAll(given: Record<string, string>): void {
    for (const [photoId, mark] of Object.entries(given)) marks.set(photoId, mark);
  }

  return {
    size: () => waiting.length,
    stuck: () => failures > 0,
    touches: (photoId) => waiting.some(({ photoIds }) => photoIds.includes(photoId)),
    post(posting) {
      waiting.push(posting);
      void pump();
    },
    withdraw(actId) {
      const at = waiting.findIndex((posting) => posting.kind === 'decide' && posting.actId === actId);
      // The first one may be on its way.
      if (at < 1) return false;
      waiting.splice(at, 1);
      return true;
    },
    note: (photoId, mark) => marks.set(photoId, mark),
  };
}
