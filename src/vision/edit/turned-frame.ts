import type { BoxNorm, EditPlan } from '../findings.ts';

interface Size {
  widthPx: number;
  heightPx: number;
}

/** The interpolation at the very edge mixes in what lies outside. */
const marginPx = 2;

/** The largest frame of the same shape without empty corners, after a turn about the middle. */
export function turnedFrame({ widthPx, heightPx }: Size, degrees: number): Size {
  if (degrees === 0) return { widthPx, heightPx };
  const scale = keptScale({ widthPx, heightPx }, degrees);
  return {
    widthPx: Math.max(1, Math.floor(widthPx * scale) - marginPx),
    heightPx: Math.max(1, Math.floor(heightPx * scale) - marginPx),
  };
}

/** Where a box of the original is on the edited photo, cut at its edges; null when it left the frame. */
export function moveBox(box: BoxNorm, plan: Pick<EditPlan, 'rotateDegrees'>, size: Size): BoxNorm | null {
  const { left, top, right, bottom } = turnedEdges(box, plan.rotateDegrees, size);
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const [w, h] = [Math.min(1, right) - x, Math.min(1, bottom) - y];
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}

/** How far the turned box reaches beyond the edited photo, as a share of that photo; 0 when it is whole. */
export function shareCutOff(box: BoxNorm, degrees: number, size: Size): number {
  const { left, top, right, bottom } = turnedEdges(box, degrees, size);
  return Math.max(0, -left, -top, right - 1, bottom - 1);
}

function turnedEdges({ x, y, w, h }: BoxNorm, degrees: number, { widthPx, heightPx }: Size) {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const kept = keptScale({ widthPx, heightPx }, degrees);
  const middle = { x: (x + w / 2 - 0.5) * widthPx, y: (y + h / 2 - 0.5) * heightPx };
  const reach = { x: (w / 2) * widthPx, y: (h / 2) * heightPx };
  const across = (cos * middle.x - sin * middle.y) / (widthPx * kept) + 0.5;
  const down = (sin * middle.x + cos * middle.y) / (heightPx * kept) + 0.5;
  const halfWidth = (cos * reach.x + Math.abs(sin) * reach.y) / (widthPx * kept);
  const halfHeight = (cos * reach.y + Math.abs(sin) * reach.x) / (heightPx * kept);
  return {
    left: across - halfWidth,
    right: across + halfWidth,
    top: down - halfHeight,
    bottom: down + halfHeight,
  };
}

function keptScale({ widthPx, heightPx }: Size, degrees: number): number {
  const angle = (Math.abs(degrees) * Math.PI) / 180;
  const longest = Math.max(widthPx / heightPx, heightPx / widthPx);
  return 1 / (Math.cos(angle) + Math.sin(angle) * longest);
}
