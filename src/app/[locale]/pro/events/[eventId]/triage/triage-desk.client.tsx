'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { TriageTag } from '#domain/triage/triage-photo.ts';
import { BurstStrip } from './burst-strip.client.tsx';
import { HelpSheet } from './help-sheet.client.tsx';
import { TriageBar } from './triage-bar.client.tsx';
import { TriageEnd } from './triage-end.client.tsx';
import { TriageFigure } from './triage-figure.client.tsx';
import { TriageWho } from './triage-who.client.tsx';
import { type ActWords, acceptWords, rejectWords, typedWords } from './triage-words.client.ts';
import { useChoice } from './use-choice.client.ts';
import { useEntry } from './use-entry.client.ts';
import { useSingleKeys } from './use-single-keys.client.ts';
import { useTriage } from './use-triage.client.ts';
import { useTriageKeys } from './use-triage-keys.client.ts';

/** Deciding who is on the photos that wait, one after the other, by keyboard, pointer or touch. */
export function TriageDesk({ eventId, timeZone }: { eventId: string; timeZone: string }) {
  const { view, session, runners } = useTriage(eventId);
  const { photo } = view;
  const entry = useEntry({ runners });
  const { chosen, choose } = useChoice(photo);
  const [zoomed, setZoomed] = useState(false);
  const [single, setSingle] = useSingleKeys();
  const [burstOf, setBurstOf] = useState<string | null>(null);
  const help = useRef<HTMLDialogElement>(null);
  const desk = useRef<HTMLElement>(null);
  const t = useTranslations('triage');
  // Enter is for the photo at once, and not for the link that led here.
  useEffect(() => desk.current?.focus({ preventScroll: true }), []);
  const burst = photo && photo.burst.length > 1 ? photo.burst.map(({ photoId }) => photoId) : [];
  // The choice of a burst lasts for the photos of that burst.
  const whole = burstOf !== null && burst.includes(burstOf);
  const targets = whole ? burst : photo ? [photo.photoId] : [];

  const decide = (words: ActWords) => {
    entry.type('');
    session.decide(words);
  };
  const acceptTyped = (text: string, beside: boolean) => {
    const ready = photo ? entry.confirm(text, photo) : null;
    if (!photo || !ready) return;
    const { bib, unlisted } = ready;
    decide(typedWords(photo, bib, { instead: beside ? null : chosen, photoIds: targets, unlisted }));
  };
  const accept = (beside: boolean) => {
    if (entry.typed !== '') return acceptTyped(entry.picked?.bib ?? entry.typed, beside);
    if (photo && chosen && chosen.decision !== 'confirmed') decide(acceptWords(photo, chosen, targets));
  };
  const reject = (tag: TriageTag | null) => {
    if (tag && tag.decision !== 'rejected') decide(rejectWords(tag, targets));
  };
  const nobody = () => decide({ decisions: [], settle: targets, unlisted: false });
  const turn = (steps: 1 | -1) => {
    entry.type('');
    session.move(steps);
  };
  const toggleBurst = () => {
    if (photo && burst.length > 0) setBurstOf(whole ? null : photo.photoId);
  };
  const openHelp = () => help.current?.showModal();

  useTriageKeys(
    {
      ...{ accept, nobody, toggleBurst, turn },
      type: (digit) => entry.type(entry.typed + digit),
      erase: () => entry.type(entry.typed.slice(0, -1)),
      clear: () => (zoomed && entry.typed === '' ? setZoomed(false) : entry.type('')),
      reject: () => reject(chosen),
      undo: session.undo,
      zoom: () => setZoomed(!zoomed),
      help: openHelp,
      search: () => entry.field.current?.focus(),
      choose: (steps) => (entry.typed === '' ? choose(steps) : entry.pick(steps)),
    },
    single,
  );

  return (
    <section className="triage" ref={desk} tabIndex={-1} aria-label={t('moves')}>
      <TriageBar view={view} timeZone={timeZone} onUndo={session.undo} onTurn={turn} onHelp={openHelp} />
      {photo ? (
        <>
          <div className="triage-photo">
            <TriageFigure photo={photo} chosen={chosen} zoomed={zoomed} onZoom={() => setZoomed(!zoomed)} />
            <BurstStrip eventId={eventId} photo={photo} whole={whole} onToggle={toggleBurst} />
          </div>
          <TriageWho
            {...{ eventId, photo, chosen, entry }}
            onAccept={(tag) => decide(acceptWords(photo, tag, targets))}
            onAcceptTyped={(bib, beside) => acceptTyped(bib ?? entry.picked?.bib ?? entry.typed, beside)}
            onReject={reject}
            onNobody={nobody}
            onSkip={() => turn(1)}
          />
        </>
      ) : (
        <TriageEnd view={view} onAgain={session.again} />
      )}
      <HelpSheet dialog={help} single={single} onSingle={setSingle} />
    </section>
  );
}
