// A face is compared on a chip: turned, scaled and moved so that its landmarks lie as near as possible to those of a mean
// face. The recogniser was trained on such chips; cut out by its box alone, a face is recognised a fifth less often.
import type { Point } from './face-landmarks.ts';
import type { Placement } from './sample-patch.ts';

export const chipSidePx = 150;
/** Of the mean face's size, on each side. */
const padding = 0.25;

/** Mean face of dlib (get_face_chip_details, image_transforms/interpolation.h): x, y of the landmarks used. Brows, lower
 *  lips and jaw move too much and are left out. */
const meanFace: readonly (readonly [landmark: number, x: number, y: number])[] = [
  [27, 0.490127, 0.203352],
  [28, 0.490127, 0.307009],
  [29, 0.490127, 0.409805],
  [30, 0.490127, 0.515625],
  [31, 0.36688, 0.587326],
  [32, 0.426036, 0.609345],
  [33, 0.490127, 0.628106],
  [34, 0.554217, 0.609345],
  [35, 0.613373, 0.587326],
  [36, 0.121737, 0.216423],
  [37, 0.187122, 0.178758],
  [38, 0.265825, 0.179852],
  [39, 0.334606, 0.231733],
  [40, 0.260918, 0.245099],
  [41, 0.182743, 0.244077],
  [42, 0.645647, 0.231733],
  [43, 0.714428, 0.179852],
  [44, 0.793132, 0.178758],
  [45, 0.858516, 0.216423],
  [46, 0.79751, 0.244077],
  [47, 0.719335, 0.245099],
  [48, 0.254149, 0.780233],
  [49, 0.340985, 0.745405],
  [50, 0.428858, 0.727388],
  [51, 0.490127, 0.742578],
  [52, 0.551395, 0.727388],
  [53, 0.639268, 0.745405],
  [54, 0.726104, 0.780233],
  [60, 0.290379, 0.784792],
  [61, 0.428096, 0.778746],
  [62, 0.490127, 0.785343],
  [63, 0.552157, 0.778746],
  [64, 0.689874, 0.784792],
];

/** Where the chip of a face lies in its picture: the similarity with the least squared distance (Umeyama 1991). */
export function placeChip(landmarks: readonly Point[]): Placement {
  const pairs = meanFace.flatMap(([landmark, x, y]) => {
    const point = landmarks[landmark];
    return point ? [{ u: toChip(x), v: toChip(y), x: point.x, y: point.y }] : [];
  });
  const mean = (of: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const centre = {
    u: mean(({ u }) => u),
    v: mean(({ v }) => v),
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
  };
  let along = 0;
  let across = 0;
  let spread = 0;
  for (const pair of pairs) {
    const [u, v, x, y] = [pair.u - centre.u, pair.v - centre.v, pair.x - centre.x, pair.y - centre.y];
    along += u * x + v * y;
    across += u * y - v * x;
    spread += u * u + v * v;
  }
  const [a, b] = [along / spread, across / spread];
  return {
    a,
    b,
    x0: centre.x - a * centre.u + b * centre.v,
    y0: centre.y - b * centre.u - a * centre.v,
  };
}

function toChip(share: number): number {
  return ((padding + share) / (2 * padding + 1)) * chipSidePx;
}
