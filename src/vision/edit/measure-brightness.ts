import type { BoxNorm } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { moveTone } from './tone-curves.ts';

/** Encoded luma 0..1. */
export interface Spread {
  darkest50th: number;
  middle: number;
  /** Of a twentieth. */
  lightest: number;
  lightest50th: number;
  /** Share that would be near white after this change. */
  shareNearWhite(change: { exposureStops: number; contrast: number }): number;
}

export interface Brightness {
  whole: Spread;
  /** Null without areas, or when they lie outside. */
  subject: Spread | null;
}

const nearWhite = 245 / 255;
const leastPixels = 40;

export function measureBrightness(pixels: Pixels, areas: readonly BoxNorm[]): Brightness {
  const luma = lumaOf(pixels);
  const inside = luma.filter((_, at) => areas.some((area) => holds(area, at, pixels)));
  return { whole: spreadOf(luma), subject: inside.length < leastPixels ? null : spreadOf(inside) };
}

function lumaOf({ data }: Pixels): Float32Array {
  return Float32Array.from({ length: data.length / 3 }, (_, index) => {
    const at = index * 3;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
}

function holds({ x, y, w, h }: BoxNorm, at: number, { widthPx, heightPx }: Pixels): boolean {
  const across = ((at % widthPx) + 0.5) / widthPx;
  const down = (Math.floor(at / widthPx) + 0.5) / heightPx;
  return across >= x && across < x + w && down >= y && down < y + h;
}

function spreadOf(luma: Float32Array): Spread {
  const sorted = luma.toSorted();
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return {
    darkest50th: at(0.02),
    middle: at(0.5),
    lightest: at(0.95),
    lightest50th: at(0.98),
    shareNearWhite: (change) => {
      const above = sorted.findIndex((tone) => moveTone(tone, change) > nearWhite);
      return above === -1 ? 0 : (sorted.length - above) / sorted.length;
    },
  };
}
