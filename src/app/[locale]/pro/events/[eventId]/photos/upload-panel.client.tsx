'use client';

import { useRouter } from 'next/navigation';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useEffect, useReducer, useRef, useState } from 'react';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import { collectDroppedFiles, keepPhotoFiles } from './collect-files.client.ts';
import { forgetUnfinished, readUnfinished, rememberUnfinished } from './unfinished-upload.client.ts';
import { UploadFiles } from './upload-files.client.tsx';
import { estimateSecondsLeft, isSettled, sumUp } from './upload-item.client.ts';
import { createUploadSession } from './upload-session.client.ts';
import { UploadSteps } from './upload-steps.client.tsx';
import { type ProcessingCounts, useProcessing } from './use-processing.client.ts';

interface UploadPanelProps {
  eventId: string;
  maxUploadMb: number;
  counts: ProcessingCounts;
}

const SAMPLE_MS = 1000;
const SAMPLES_KEPT = 15;
const DRAW_MS = 200;

/** Choosing, sending and watching the photos of one event. */
export function UploadPanel({ eventId, maxUploadMb, counts }: UploadPanelProps) {
  const t = useTranslations('upload');
  const format = useFormatter();
  const locale = useLocale();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [dragged, setDragged] = useState(false);
  const [unfinished, setUnfinished] = useState(0);
  const [knownBefore] = useState(counts.received + counts.prepared + counts.ready + counts.failed);
  const samples = useRef<{ atMs: number; bytes: number }[]>([]);
  const router = useRouter();
  const processing = useProcessing(eventId, counts, () => router.refresh());

  // Made once: the page around it is read again while photos arrive, and the files must outlive that.
  const [session] = useState(() => {
    let planned = false;
    return createUploadSession({
      eventId,
      locale,
      failureText: t('failure'),
      describeRefusal: (code) =>
        t.has(`refusal.${code}`) ? t(`refusal.${code}`, { maxMb: maxUploadMb }) : t('failure'),
      // Thousands of files change many times a second: the page is drawn five times a second at most.
      onChange: () => {
        if (planned) return;
        planned = true;
        setTimeout(() => {
          planned = false;
          draw();
        }, DRAW_MS);
      },
    });
  });

  useEffect(() => {
    session.open();
    return () => session.close();
  }, [session]);
  useEffect(() => setUnfinished(readUnfinished(eventId)), [eventId]);

  const items = session.items();
  const totals = sumUp(items);
  const open = items.filter((item) => !isSettled(item)).length;
  const beingRead = processing.counts.received + processing.counts.prepared;

  useEffect(() => {
    if (items.length > 0) rememberUnfinished(eventId, open);
    if (open === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [eventId, items.length, open]);

  useEffect(() => {
    const timer = setInterval(() => {
      const { sentBytes } = sumUp(session.items());
      samples.current = [...samples.current, { atMs: Date.now(), bytes: sentBytes }].slice(-SAMPLES_KEPT);
    }, SAMPLE_MS);
    return () => clearInterval(timer);
  }, [session]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      if (event.key.toLowerCase() !== 'p' || typing || event.ctrlKey || event.metaKey || open === 0) return;
      if (session.paused()) session.resume();
      else session.pause();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session, open]);

  const add = (files: File[]) => {
    forgetUnfinished(eventId);
    setUnfinished(0);
    session.add(files);
  };
  const secondsLeft =
    open > 0 && !session.paused() ? estimateSecondsLeft(samples.current, totals.bytes) : null;

  return (
    <div className="import">
      <div className="import-now">
        <div>
          <p className="label">{open > 0 ? t('timeLeft') : t('title')}</p>
          <p className="big num" aria-live="polite">
            {open === 0
              ? t('ready', { count: processing.counts.ready })
              : session.paused()
                ? t('paused')
                : readTimeLeft(secondsLeft)}
          </p>
          <p className="small muted">{open > 0 ? t('keepOpen') : t('hint', { maxMb: maxUploadMb })}</p>
        </div>
        {open > 0 ? (
          <button
            type="button"
            className="button"
            onClick={() => (session.paused() ? session.resume() : session.pause())}
          >
            <Icon name={session.paused() ? 'play' : 'pause'} />
            {session.paused() ? t('resume') : t('pause')} <kbd className="key">P</kbd>
          </button>
        ) : null}
      </div>

      {unfinished > 0 ? <Notice state="warn">{t('unfinished', { count: unfinished })}</Notice> : null}

      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping files is an addition to the two buttons inside. */}
      <div
        className="drop"
        data-over={dragged ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={() => setDragged(false)}
        onDrop={(event) => {
          event.preventDefault();
          setDragged(false);
          void collectDroppedFiles(event.dataTransfer).then(add);
        }}
      >
        <Icon name="upload" />
        <p>{t('drop')}</p>
        <div className="row">
          <FileButton label={t('chooseFiles')} onFiles={add} />
          <FileButton label={t('chooseFolder')} onFiles={add} folder />
        </div>
      </div>

      {items.length > 0 || beingRead > 0 ? (
        <UploadSteps
          totals={totals}
          open={open}
          processing={processing.counts}
          received={knownBefore + totals.sent}
        />
      ) : null}
      {items.length > 0 ? (
        <UploadFiles items={items} states={processing.states} onRetryRefused={() => session.retryRefused()} />
      ) : null}
    </div>
  );

  function readTimeLeft(seconds: number | null): string {
    if (seconds === null) return t('estimating');
    if (seconds < 60) return format.number(seconds, { style: 'unit', unit: 'second' });
    return format.number(Math.ceil(seconds / 60), { style: 'unit', unit: 'minute' });
  }
}

function FileButton({
  label,
  folder,
  onFiles,
}: {
  label: string;
  folder?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button"
        data-kind={folder ? undefined : 'primary'}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        accept={folder ? undefined : 'image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp'}
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          onFiles(keepPhotoFiles([...(event.target.files ?? [])]));
          event.target.value = '';
        }}
      />
    </>
  );
}
