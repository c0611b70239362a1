import { useEffect, useReducer, useState } from 'react';
import type { TriageRunner } from '#domain/triage/triage-photo.ts';
import {
  claimTriageAction,
  decideTagsAction,
  listTriagePhotosAction,
  listTriageRunnersAction,
  undoActAction,
} from './actions.ts';
import { createTriageSession, type TriageSession } from './triage-session.client.ts';
import type { TriageView } from './triage-view.client.ts';

const TICK_MS = 5000;
const REFRESH_MS = 10_000;
/** By then a burst was weighed again with what was decided in it. */
const WEIGHED_MS = 25_000;
/** A claim lives for a minute. */
const RENEW_MS = 20_000;
/** Nobody works here after it: what is held goes back to others. */
const AWAY_MS = 60_000;

export interface Triage {
  session: TriageSession;
  view: TriageView;
  /** By bib; null until the start list is here. Empty when the event has none. */
  runners: Map<string, TriageRunner> | null;
}

/** The triage of this tab: one seat, which a reload keeps. */
export function useTriage(eventId: string): Triage {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [runners, setRunners] = useState<Triage['runners']>(null);
  const [session] = useState(() => openSession(eventId, draw));
  const view = session.view();

  useEffect(() => {
    void session.refill();
    void listTriageRunnersAction({ eventId })
      .then((answer) => {
        if (answer.state === 'done') setRunners(new Map(answer.value.map((runner) => [runner.bib, runner])));
      })
      // Without the list, a typed bib is checked when it is sent.
      .catch(() => undefined);
  }, [session, eventId]);

  useEffect(() => {
    const last = { input: Date.now(), renewal: Date.now(), refresh: 0, decision: 0, decided: 0 };
    const noteInput = () => {
      last.input = Date.now();
    };
    const timer = setInterval(() => {
      const now = Date.now();
      if (document.hidden || now - last.input > AWAY_MS) return;
      const { decided, unsaved } = session.view();
      if (decided !== last.decided) [last.decided, last.decision] = [decided, now];
      if (now - last.renewal >= RENEW_MS) {
        last.renewal = now;
        void session.renew();
      } else if (now - last.decision < WEIGHED_MS && now - last.refresh >= REFRESH_MS && unsaved === 0) {
        last.refresh = now;
        void session.refresh();
      }
    }, TICK_MS);
    window.addEventListener('keydown', noteInput);
    window.addEventListener('pointerdown', noteInput);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', noteInput);
      window.removeEventListener('pointerdown', noteInput);
    };
  }, [session]);

  useEffect(() => {
    if (view.unsaved === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [view.unsaved]);

  useEffect(() => {
    for (const { previewUrl } of view.ahead.slice(0, 8)) {
      const image = new Image();
      image.src = previewUrl;
      // Decoded before it is shown; one that fails is asked for again when it is.
      image.decode().catch(() => undefined);
    }
  }, [view.ahead]);

  return { session, view, runners };
}

function openSession(eventId: string, draw: () => void): TriageSession {
  let seat: string | null = null;
  return createTriageSession(
    {
      claim(limit, keep, after) {
        seat ??= readSeat();
        return claimTriageAction({ eventId, seatId: seat, limit, keep, after });
      },
      decide: (actId, words, seen) => decideTagsAction({ eventId, actId, ...words, seen }),
      undo: (actId) => undoActAction({ eventId, actId: actId ?? undefined }),
      load: (photoIds) => listTriagePhotosAction({ eventId, photoIds }),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      newId: newId,
      now: () => Date.now(),
    },
    draw,
  );
}

function readSeat(): string {
  const seat = sessionStorage.getItem('triage-seat') ?? newId();
  sessionStorage.setItem('triage-seat', seat);
  return seat;
}

/** crypto.randomUUID is only there over HTTPS and on localhost. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
