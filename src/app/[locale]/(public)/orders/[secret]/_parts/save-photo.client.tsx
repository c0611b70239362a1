'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

interface SavePhotoProps {
  url: string;
  fileName: string;
  contentType: string;
  words: { save: string; loading: string; again: string; failed: string };
  /** What the button shows. */
  children: ReactNode;
  /** The plain link: for browsers that cannot give files to the phone’s photos. */
  otherwise: ReactNode;
}

type Phase = 'idle' | 'loading' | 'again' | 'failed';

/** Gives one photo to the phone, whose own sheet offers to save it to the photos. */
export function SavePhoto({ url, fileName, contentType, words, children, otherwise }: SavePhotoProps) {
  const [able, setAble] = useState(false);
  const [phase, setPhase] = useState<Phase>('idle');
  const kept = useRef<File | null>(null);
  useEffect(() => setAble(canShare(fileName, contentType)), [fileName, contentType]);
  if (!able) return otherwise;

  async function save() {
    setPhase('loading');
    try {
      kept.current ??= await fetchFile(url, fileName, contentType);
      await navigator.share({ files: [kept.current] });
      kept.current = null;
      setPhase('idle');
    } catch (error) {
      setPhase(phaseAfter(error));
    }
  }
  const label = { idle: words.save, loading: words.loading, again: words.again, failed: words.failed }[phase];
  return (
    <>
      <button
        type="button"
        className="button"
        data-kind="icon"
        aria-label={label}
        aria-busy={phase === 'loading'}
        disabled={phase === 'loading'}
        onClick={save}
      >
        {children}
      </button>
      {phase === 'idle' ? null : (
        <small role="status" className="save-said">
          {label}
        </small>
      )}
    </>
  );
}

function canShare(fileName: string, contentType: string): boolean {
  if (!window.matchMedia('(pointer: coarse)').matches || !navigator.canShare) return false;
  return navigator.canShare({ files: [new File([], fileName, { type: contentType })] });
}

async function fetchFile(url: string, fileName: string, contentType: string): Promise<File> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return new File([await answer.blob()], fileName, { type: contentType });
}

/** A browser forgets the tap while a large photo loads: the photo is kept, and a second tap opens the sheet. */
function phaseAfter(error: unknown): Phase {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'AbortError') return 'idle';
  return name === 'NotAllowedError' ? 'again' : 'failed';
}
