import type { Lab, Plate } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { toLab } from '../pixels/to-lab.ts';
import type { RotatedBox } from './rotated-box.ts';

const columns = 28;
const rows = 20;
/** As a share of the box: a little over and under the digits, where what they are printed on shows alone. */
const sampled = { width: 0.84, height: 1.3 };
const rounds = 6;
/** Digits never fill a whole row: a row of one colour is what they are printed on. */
const fullRow = 0.75;

/** What the digits of a line are printed on and with: two colours that its pixels group around. */
export function measurePlate(pixels: Pixels, box: RotatedBox): Plate {
  const samples = Array.from({ length: rows * columns }, (_, index) => {
    const across = (Math.floor(index / columns) + 0.5) / rows - 0.5;
    const along = ((index % columns) + 0.5) / columns - 0.5;
    return colourAt(pixels, box, along * box.w * sampled.width, across * box.h * sampled.height);
  });
  const [dark, light] = twoMeans(samples);
  const lightPerRow = Array.from({ length: rows }, (_, row) => {
    const inRow = samples.slice(row * columns, (row + 1) * columns);
    return inRow.filter((colour) => distance(colour, light) < distance(colour, dark)).length / columns;
  });
  return Math.max(...lightPerRow) >= fullRow
    ? { background: light, ink: dark }
    : { background: dark, ink: light };
}

function colourAt({ data, widthPx, heightPx }: Pixels, box: RotatedBox, along: number, across: number): Lab {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const x = clamp(Math.floor(box.cx + along * cos - across * sin), widthPx);
  const y = clamp(Math.floor(box.cy + along * sin + across * cos), heightPx);
  const at = (y * widthPx + x) * 3;
  return toLab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}

function clamp(at: number, size: number): number {
  return Math.min(size - 1, Math.max(0, at));
}

/** Lloyd's algorithm for two groups, started from the darkest and the lightest sample. */
function twoMeans(colours: Lab[]): [Lab, Lab] {
  const byLightness = [...colours].sort((a, b) => a[0] - b[0]);
  let dark: Lab = byLightness[0] ?? [0, 0, 0];
  let light: Lab = byLightness.at(-1) ?? [100, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const near = colours.map((colour) => distance(colour, dark) <= distance(colour, light));
    dark = meanOf(colours.filter((_, index) => near[index])) ?? dark;
    light = meanOf(colours.filter((_, index) => !near[index])) ?? light;
  }
  return [rounded(dark), rounded(light)];
}

function rounded([l, a, b]: Lab): Lab {
  return [Math.round(l), Math.round(a), Math.round(b)];
}

function meanOf(colours: Lab[]): Lab | null {
  if (colours.length === 0) return null;
  const sum = colours.reduce<Lab>(
    (total, c) => [total[0] + c[0], total[1] + c[1], total[2] + c[2]],
    [0, 0, 0],
  );
  return [sum[0] / colours.length, sum[1] / colours.length, sum[2] / colours.length];
}

function distance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
