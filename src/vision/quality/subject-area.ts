import type { BibRead, BoxNorm, FaceFinding, PersonFinding } from '../findings.ts';
import { mainBib, mainPerson } from '../persons/main-person.ts';

/** Whatever the other engines found in the same photo. */
export interface Found {
  bibs?: readonly BibRead[];
  persons?: readonly PersonFinding[];
  faces?: readonly FaceFinding[];
}

/** From the shoulders to the thighs of whom the photo is about, or null when nobody is seen. A read bib says it best,
 *  then a body, then a face. May reach beyond the picture. */
export function findTorso({ bibs = [], persons = [], faces = [] }: Found): BoxNorm | null {
  const bib = mainBib(bibs);
  if (bib) return torsoAroundBib(bib);
  const person = mainPerson(persons, []);
  if (person) return torsoOfPerson(person);
  const [face] = faces.map(({ box }) => box).sort((a, b) => b.w * b.h - a.w * a.h);
  return face ? torsoUnderFace(face) : null;
}

/** `bib` is the box of the digits. */
export function torsoAroundBib({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x - 0.75 * w, y: y - 3 * h, w: 2.5 * w, h: 6.5 * h };
}

function torsoOfPerson({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x + 0.15 * w, y: y + 0.05 * h, w: 0.7 * w, h: 0.5 * h };
}

function torsoUnderFace({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x - w, y, w: 3 * w, h: 4 * h };
}
