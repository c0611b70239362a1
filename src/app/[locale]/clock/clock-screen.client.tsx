'use client';

import { useLocale, useTranslations } from 'next-intl';
import encodeQR from 'qr';
import { useEffect, useRef, useState } from 'react';
import { drawCode } from './draw-code.client.ts';
import { measureServerTime, type ServerTime } from './server-time.client.ts';
import { useAwakeScreen } from './use-awake-screen.client.ts';

/** A code stands so long: ten in a second, and long enough for a phone's shutter. */
const STANDS_MS = 100;
const MEASURE_AGAIN_MS = 60_000;

/** The exact time as a QR code and in digits. Corrected by the server; while that is not there, by this device. */
export function ClockScreen() {
  const t = useTranslations('clocks.page');
  const locale = useLocale();
  const canvas = useRef<HTMLCanvasElement>(null);
  const digits = useRef<HTMLParagraphElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const server = useServerTime();
  const ahead = server?.aheadMs ?? null;
  useAwakeScreen();
  useEffect(() => {
    const zone = new Intl.DateTimeFormat(locale, {
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 1 },
      hourCycle: 'h23',
    });
    let shown = 0;
    let frame = 0;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const now = ahead === null ? Date.now() : performance.now() + ahead;
      const turn = Math.floor(now / STANDS_MS);
      if (turn === shown || !canvas.current || !digits.current) return;
      shown = turn;
      // What is shown from one turn to the next says the middle of them.
      const instant = new Date(turn * STANDS_MS + STANDS_MS / 2);
      const content = `FR1:${instant.toISOString()}`;
      drawCode(canvas.current, encodeQR(content, 'raw', { ecc: 'medium', border: 4 }));
      canvas.current.dataset.content = content;
      digits.current.textContent = zone.format(instant);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [ahead, locale]);
  return (
    <div className="clock-screen" ref={screen}>
      <canvas ref={canvas} className="clock-code" role="img" aria-label={t('code')} />
      <p className="clock-digits" ref={digits} role="timer" aria-live="off">
        --:--:--
      </p>
      <p className="clock-state" role="status">
        {server === undefined ? t('measuring') : null}
        {server === null ? t('alone') : null}
        {server ? t('within', { milliseconds: Math.max(1, Math.ceil(server.withinMs)) }) : null}
      </p>
      <FullScreenButton label={t('fullScreen')} of={() => screen.current} />
    </div>
  );
}

/** Undefined while it is measured for the first time, null when the server does not answer. */
function useServerTime(): ServerTime | null | undefined {
  const [time, setTime] = useState<ServerTime | null>();
  useEffect(() => {
    let isOpen = true;
    const measure = async () => {
      const found = await measureServerTime();
      // One that was measured stays right for longer than a lost connection lasts.
      if (isOpen) setTime((known) => found ?? known ?? null);
    };
    const timer = setInterval(measure, MEASURE_AGAIN_MS);
    measure();
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, []);
  return time;
}

function FullScreenButton({ label, of }: { label: string; of(): HTMLElement | null }) {
  const [isPossible, setPossible] = useState(false);
  useEffect(() => setPossible(document.fullscreenEnabled === true), []);
  if (!isPossible) return null;
  return (
    <button
      type="button"
      className="clock-full"
      onClick={() =>
        of()
          ?.requestFullscreen()
          .catch(() => setPossible(false))
      }
    >
      {label}
    </button>
  );
}
