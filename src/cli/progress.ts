import { Presets, SingleBar } from 'cli-progress';
import type { Messages } from './messages.ts';

/** A bar with the time left, on standard error so that standard output stays clean; silent when nobody watches. */
export function startProgress(total: number, messages: Messages): { advance: () => void; stop: () => void } {
  const bar = new SingleBar(
    {
      format: messages.progress,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: () => bar.increment(), stop: () => bar.stop() };
}
