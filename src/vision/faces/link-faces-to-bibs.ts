import type { BibRead, BoxNorm, FaceFinding } from '../findings.ts';

/** Where a bib is worn, in widths and heights of the face above it: a torso 7/3 as wide and 3 times as high, which starts
 *  half a face below (Ben-Ami, Basha, Avidan, BMVC 2012); a face that leans is farther from it. */
const torso = { halfWidth: 7 / 6 + 1 / 3, top: 0.25, bottom: 4, usualHeight: 2 };
/** A number hardly ever is wider than the shoulders; one that is belongs to somebody nearer. */
const widestBibInFaces = 2.5;

type Fit = { face: FaceFinding; read: BibRead; distance: number };

/** The faces, each with the bib on the same body where one is. A bib goes to one face only, the best-placed one; a part of
 *  a number goes to none. Pure. `aspect` is the photo's width / height, since boxes are normalised. */
export function linkFacesToBibs(
  faces: readonly FaceFinding[],
  reads: readonly BibRead[],
  aspect: number,
): FaceFinding[] {
  const whole = reads.filter(({ kind, partial }) => kind !== 'dropped' && !partial);
  const fits = faces
    .flatMap((face) => whole.flatMap((read) => fitOf(face, read, aspect) ?? []))
    .sort((a, b) => a.distance - b.distance);
  const bibs = new Map<FaceFinding, string>();
  const taken = new Set<BibRead>();
  for (const { face, read } of fits) {
    if (bibs.has(face) || taken.has(read)) continue;
    bibs.set(face, read.bib);
    taken.add(read);
  }
  return faces.map((face) => {
    const bib = bibs.get(face);
    return bib === undefined ? face : { ...face, bib };
  });
}

function fitOf(face: FaceFinding, read: BibRead, aspect: number): Fit | null {
  const faceWidth = face.box.w * aspect;
  const { h } = face.box;
  const aside = ((centreX(read.box) - centreX(face.box)) * aspect) / faceWidth;
  const below = (read.box.y + read.box.h / 2 - (face.box.y + h)) / h;
  if (Math.abs(aside) > torso.halfWidth || below < torso.top || below > torso.bottom) return null;
  if (read.box.w * aspect > widestBibInFaces * faceWidth) return null;
  return { face, read, distance: Math.hypot(aside, (below - torso.usualHeight) / 2) };
}

function centreX({ x, w }: BoxNorm): number {
  return x + w / 2;
}
