import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../pixels/decode-photo.ts';
import { type Point, readerSidePx } from './face-landmarks.ts';
import { openFaceModel } from './face-models.ts';
import { samplePatch } from './sample-patch.ts';

const happy = 1;
/** Room around the landmarks, which end at the brows and the chin: what the network was trained with. */
const margin = 0.1;
/** The network is far too sure of itself: it was trained on posed portraits, and runners bare their teeth from effort. Of 36
 *  race faces that it gave .8 or more, 23 smile; of the 18 at .99 or more, 17. Platt's scaling (1999) of its log odds,
 *  fitted to these by eye, makes .8 mean about that. */
const scaling = { slope: 0.9, offset: -3.2 };
/** Keeps the log odds of a rounded 1 or 0 finite. */
const leastDoubt = 1e-7;

/** Probability 0..1 of a smile. The network names six more expressions; none of them is right often enough to be said. */
export async function readSmile(pixels: Pixels, landmarks: readonly Point[]): Promise<number> {
  const xs = landmarks.map(({ x }) => x);
  const ys = landmarks.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const sidePx = Math.max(right - left, bottom - top) * (1 + 2 * margin);
  const scale = sidePx / readerSidePx;
  const placement = {
    a: scale,
    b: 0,
    x0: (left + right - sidePx) / 2 + scale / 2 - 0.5,
    y0: (top + bottom - sidePx) / 2 + scale / 2 - 0.5,
  };
  const patch = samplePatch(pixels, placement, readerSidePx);
  const image = new Tensor('float32', patch, [1, 3, readerSidePx, readerSidePx]);
  const { expressions } = await (await openFaceModel('expressions')).run({ image });
  const probability = expressions?.data[happy];
  if (typeof probability !== 'number') throw new Error('the expression reader gave no probabilities');
  return scaleProbability(probability);
}

function scaleProbability(raw: number): number {
  const doubtful = Math.min(1 - leastDoubt, Math.max(leastDoubt, raw));
  const logOdds = Math.log(doubtful / (1 - doubtful));
  return 1 / (1 + Math.exp(-(scaling.slope * logOdds + scaling.offset)));
}
