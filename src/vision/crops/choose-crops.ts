import type { BibRead, BoxNorm, CropShape, FaceFinding, PersonFinding, SmartCrops } from '../findings.ts';
import { type CropSubject, findSubject } from './find-subject.ts';

export interface CropInput {
  /** Of the upright photo: boxes are shares of them. */
  widthPx: number;
  heightPx: number;
  persons: readonly PersonFinding[];
  bibs: readonly Pick<BibRead, 'box' | 'kind'>[];
  faces?: readonly Pick<FaceFinding, 'box'>[];
}

const widthPerHeight: Readonly<Record<CropShape, number>> = {
  '1:1': 1,
  '4:5': 4 / 5,
  '9:16': 9 / 16,
  '16:9': 16 / 9,
};
/** Where to cut a photo for each shape: as large as the photo allows, holding the head and the bib of whom it is about,
 *  then the body, then those beside it. Without a subject the middle. Pure. */
export function chooseCrops(input: CropInput): SmartCrops {
  const subject = findSubject(input);
  const photoRatio = input.widthPx / input.heightPx;
  const crop = (shape: CropShape): BoxNorm => {
    const w = Math.min(1, widthPerHeight[shape] / photoRatio);
    const h = Math.min(1, photoRatio / widthPerHeight[shape]);
    if (!subject) return { x: (1 - w) / 2, y: (1 - h) / 2, w, h };
    return { x: place(w, subject, across), y: place(h, subject, down), w, h };
  };
  return { '1:1': crop('1:1'), '4:5': crop('4:5'), '9:16': crop('9:16'), '16:9': crop('16:9') };
}

/** Above a head whose bib is cut: share of the crop. */
const mostRoomBefore = 0.2;

interface Span {
  from: number;
  to: number;
}

interface Axis {
  spanOf(box: BoxNorm): Span;
  /** The share before a body that is cut, of the room that is left; or of what is lost when not even head and bib fit. */
  roomBefore: number;
  lossBefore: number;
}

const across: Axis = { spanOf: ({ x, w }) => ({ from: x, to: x + w }), roomBefore: 0.5, lossBefore: 0.5 };
/** A body is cut below its head, and a bib is cut rather than a head. */
const down: Axis = { spanOf: ({ y, h }) => ({ from: y, to: y + h }), roomBefore: 0.3, lossBefore: 0 };

/** Where a stretch of this length begins that holds head and bib, and then each further part that still fits. */
function place(length: number, { headAndBib, roomy, body, others }: CropSubject, axis: Axis): number {
  const needed = axis.spanOf(headAndBib);
  if (sizeOf(needed) > length) {
    const { from, to } = axis.spanOf(roomy);
    const mostRoom = length * mostRoomBefore;
    return begin(length, { from: Math.max(from, needed.from - mostRoom), to }, axis.lossBefore);
  }
  const held = [roomy, body, ...others].map(axis.spanOf).reduce((span, next) => {
    const both = { from: Math.min(span.from, next.from), to: Math.max(span.to, next.to) };
    return sizeOf(both) <= length ? both : span;
  }, needed);
  const whole = axis.spanOf(body);
  const isWhole = held.from <= whole.from && held.to >= whole.to;
  return begin(length, held, isWhole ? 0.5 : axis.roomBefore);
}

function begin(length: number, span: Span, before: number): number {
  return Math.min(1 - length, Math.max(0, span.from - (length - sizeOf(span)) * before));
}

function sizeOf({ from, to }: Span): number {
  return to - from;
}
