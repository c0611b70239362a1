import type { BoxNorm } from '../findings.ts';

export interface Point {
  x: number;
  y: number;
}

/** A rectangle turned about its centre; `w` runs along the text, `angle` in radians, clockwise on screen. */
export interface RotatedBox {
  cx: number;
  cy: number;
  w: number;
  h: number;
  angle: number;
  /** Set where the whole photo lies on its side or its head: the part of `angle` that is not the text's own tilt. */
  turned?: number;
}

const verticalTextRatio = 2.2;

/** The smallest rectangle around the points, its long text axis nearest to horizontal. Null without points. */
export function smallestBoxAround(points: Point[]): RotatedBox | null {
  const hull = convexHull(points);
  let best: { area: number; box: RotatedBox } | null = null;
  for (let index = 0; index < hull.length; index++) {
    const from = hull[index];
    const to = hull[(index + 1) % hull.length];
    if (!from || !to) continue;
    const box = boxAlong(hull, Math.atan2(to.y - from.y, to.x - from.x));
    const area = box.w * box.h;
    if (!best || area < best.area) best = { area, box };
  }
  return best ? alongText(best.box) : null;
}

/** Grown on every side as DB text detectors need it: their maps cover the text's core only. */
export function unclip(box: RotatedBox, ratio: number): RotatedBox {
  const distance = (box.w * box.h * ratio) / (2 * (box.w + box.h));
  return { ...box, w: box.w + 2 * distance, h: box.h + 2 * distance };
}

export function scaleBox(box: RotatedBox, scale: number, shift: Point = { x: 0, y: 0 }): RotatedBox {
  return {
    cx: box.cx * scale + shift.x,
    cy: box.cy * scale + shift.y,
    w: box.w * scale,
    h: box.h * scale,
    angle: box.angle,
  };
}

/** The upright box around a rotated one, cut at the picture's border. */
export function uprightBox(box: RotatedBox, widthPx: number, heightPx: number): BoxNorm {
  const { across, down } = uprightReach(box);
  const left = clamp01((box.cx - across) / widthPx);
  const top = clamp01((box.cy - down) / heightPx);
  return {
    x: left,
    y: top,
    w: clamp01((box.cx + across) / widthPx) - left,
    h: clamp01((box.cy + down) / heightPx) - top,
  };
}

/** How far the box goes from its centre to either side, and up and down. */
export function uprightReach({ w, h, angle }: RotatedBox): { across: number; down: number } {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { across: (cos * w + sin * h) / 2, down: (sin * w + cos * h) / 2 };
}

export function tiltDegreesOf(box: RotatedBox): number {
  return ((box.angle - (box.turned ?? 0)) * 180) / Math.PI;
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function boxAlong(hull: Point[], angle: number): RotatedBox {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of hull) {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const along = (left + right) / 2;
  const across = (top + bottom) / 2;
  return {
    cx: along * cos - across * sin,
    cy: along * sin + across * cos,
    w: right - left,
    h: bottom - top,
    angle,
  };
}

function alongText(box: RotatedBox): RotatedBox {
  const quarter = Math.PI / 2;
  let angle = ((box.angle % Math.PI) + Math.PI) % Math.PI;
  let { w, h } = box;
  if (angle > quarter / 2 && angle <= quarter * 1.5) {
    angle -= quarter;
    [w, h] = [h, w];
  } else if (angle > quarter * 1.5) {
    angle -= Math.PI;
  }
  if (h > verticalTextRatio * w) {
    angle += quarter;
    [w, h] = [h, w];
  }
  return { cx: box.cx, cy: box.cy, w, h, angle };
}

/** Andrew's monotone chain. */
function convexHull(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const lower = halfHull(sorted);
  const upper = halfHull(sorted.toReversed());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function halfHull(points: Point[]): Point[] {
  const chain: Point[] = [];
  for (const point of points) {
    for (;;) {
      const last = chain.at(-1);
      const before = chain.at(-2);
      if (!last || !before) break;
      const turn = (last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x);
      if (turn > 0) break;
      chain.pop();
    }
    chain.push(point);
  }
  return chain;
}
