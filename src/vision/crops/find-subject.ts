import type { BoxNorm } from '../findings.ts';
import { mainBib, mainPerson } from '../persons/main-person.ts';
import type { CropInput } from './choose-crops.ts';

export interface CropSubject {
  /** What no crop may cut. */
  headAndBib: BoxNorm;
  /** The same with room around. */
  roomy: BoxNorm;
  body: BoxNorm;
  /** Those who are nearly as large, nearest to the body first. */
  others: BoxNorm[];
}

/** Shares of a body's box: how much of its width is arms, where the head ends, and room around. Some boxes begin at the
 *  brow, a tenth too low. */
const bodyShares = { arms: 0.12, head: 0.25, crown: 0.1, room: 0.04 };
/** In heights of the digits, which are some 7 cm: the sheet around them, and on a grown runner the crown of the head
 *  60 cm above, the shoulders 25 cm to each side. */
const fromDigits = { sheet: 1, crown: 8.5, shoulders: 3.5 };
/** A face is found from brow to chin: the head goes on by this share of it on all sides. */
const aroundFace = 0.35;
/** As large as a third of the main body is somebody who belongs to the picture. */
const besideShare = 1 / 3;

/** Whom a photo is about, as areas to keep. Null when no body, no bib and no face was found. */
export function findSubject(input: CropInput): CropSubject | null {
  const bib = mainBib(input.bibs);
  const person = mainPerson(input.persons, input.bibs);
  if (!person) return bib ? subjectFromBib(bib, input) : subjectFromFace(input);
  const { arms, head, crown, room } = bodyShares;
  const upper = (above: number): BoxNorm => ({
    x: person.x + person.w * arms,
    y: person.y - person.h * above,
    w: person.w * (1 - 2 * arms),
    h: person.h * (above + head),
  });
  const face = faceOf(person, input);
  const needed = [upper(0), bib, face && grow(face, face.w * aroundFace, face.h * aroundFace)];
  const headAndBib = withinPhoto(union(needed));
  const roomy = withinPhoto(union([headAndBib, upper(crown), bib && around(bib, fromDigits.sheet, input)]));
  return {
    headAndBib,
    roomy,
    body: withinPhoto(union([roomy, grow(person, person.w * room, person.h * room)])),
    others: othersBeside(person, input),
  };
}

function faceOf(person: BoxNorm, { faces = [] }: CropInput): BoxNorm | undefined {
  return largest(faces.map(({ box }) => box).filter((box) => isInside(box, person)));
}

/** A face that fills the photo may have no body that is found. */
function subjectFromFace({ faces = [] }: CropInput): CropSubject | null {
  const face = largest(faces.map(({ box }) => box));
  if (!face) return null;
  const headAndBib = withinPhoto(grow(face, face.w * aroundFace, face.h * aroundFace));
  return { headAndBib, roomy: headAndBib, body: headAndBib, others: [] };
}

function largest(boxes: readonly BoxNorm[]): BoxNorm | undefined {
  return [...boxes].sort((a, b) => b.w * b.h - a.w * a.h)[0];
}

/** Nobody was found around a bib, which happens close up: what is known of bodies says where the head must be. */
function subjectFromBib(bib: BoxNorm, photo: CropInput): CropSubject {
  const shoulders = around(bib, fromDigits.shoulders, photo);
  const top = bib.y - bib.h * fromDigits.crown;
  const headAndBib = withinPhoto({ ...shoulders, y: top, h: bib.y + bib.h - top });
  const roomy = withinPhoto(union([headAndBib, around(bib, fromDigits.sheet, photo)]));
  return { headAndBib, roomy, body: roomy, others: [] };
}

function othersBeside(main: BoxNorm, { persons }: CropInput): BoxNorm[] {
  const away = (box: BoxNorm) => Math.abs(box.x + box.w / 2 - main.x - main.w / 2);
  return persons
    .map(({ box }) => box)
    .filter((box) => box !== main && box.w * box.h >= main.w * main.h * besideShare)
    .sort((a, b) => away(a) - away(b));
}

/** Grown by a number of the box's own heights on all sides, as measured in pixels. */
function around(box: BoxNorm, heights: number, { widthPx, heightPx }: CropInput): BoxNorm {
  const byY = box.h * heights;
  return grow(box, (byY * heightPx) / widthPx, byY);
}

function grow({ x, y, w, h }: BoxNorm, byX: number, byY: number): BoxNorm {
  return { x: x - byX, y: y - byY, w: w + 2 * byX, h: h + 2 * byY };
}

function union(parts: readonly (BoxNorm | null | undefined)[]): BoxNorm {
  const boxes = parts.filter((part) => part !== null && part !== undefined);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.w));
  const bottom = Math.max(...boxes.map((box) => box.y + box.h));
  return { x, y, w: right - x, h: bottom - y };
}

function withinPhoto(box: BoxNorm): BoxNorm {
  const x = Math.min(1, Math.max(0, box.x));
  const y = Math.min(1, Math.max(0, box.y));
  const right = Math.min(1, Math.max(x, box.x + box.w));
  const bottom = Math.min(1, Math.max(y, box.y + box.h));
  return { x, y, w: right - x, h: bottom - y };
}

function isInside(inner: BoxNorm, outer: BoxNorm): boolean {
  const x = inner.x + inner.w / 2;
  const y = inner.y + inner.h / 2;
  return x >= outer.x && x <= outer.x + outer.w && y >= outer.y && y <= outer.y + outer.h;
}
