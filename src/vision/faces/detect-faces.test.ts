// vitest: alone
import { InferenceSession } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterEach, expect, test, vi } from 'vitest';
import { drawScene } from '../../../tests/fixtures/draw-scene.ts';
import { analysePhoto } from '../analyse-photo.ts';
import { createEnginePool } from '../engine-pool.ts';
import type { BoxNorm } from '../findings.ts';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { compareFaces, unpackDescriptor } from './compare-faces.ts';
import { describeSelfie } from './describe-selfie.ts';
import { detectFaces } from './detect-faces.ts';
import { faceThresholds } from './face-thresholds.ts';

afterEach(() => vi.restoreAllMocks());

const scene = await drawScene({ longSidePx: 1600, fill: 0.8, portrait: false }, 1);
const asPng = (bytes: Uint8Array) => sharp(bytes).autoOrient().png().toBuffer();

function contains(outer: BoxNorm, { x, y, w, h }: BoxNorm): boolean {
  const [centreX, centreY] = [x + w / 2, y + h / 2];
  return centreX > outer.x && centreX < outer.x + outer.w && centreY > outer.y && centreY < outer.y + outer.h;
}

test('no face model is opened for a photo outside face mode, whatever else is asked', async () => {
  const opened = vi.spyOn(InferenceSession, 'create');
  const everythingElse = { bibs: {}, quality: true, labels: true, crops: true, edit: true };
  const analysis = await analysePhoto(scene.jpeg, everythingElse);
  const models = opened.mock.calls.map(([model]) => String(model));
  expect(analysis).not.toHaveProperty('faces');
  expect(models.length).toBeGreaterThan(0);
  expect(models.filter((model) => model.includes('face'))).toEqual([]);
});

test('drawn runners’ faces are found on their bodies and carry the bib below', async () => {
  const { faces = [] } = await analysePhoto(scene.jpeg, { bibs: {}, faces: true });
  expect(faces.length).toBeGreaterThanOrEqual(2);
  for (const { box, bib, quality, smile } of faces) {
    const runners = scene.truth.runners.filter(({ personBox }) => contains(personBox, box));
    expect(runners.length).toBeGreaterThan(0);
    if (bib) expect(runners.map(({ number }) => number)).toContain(bib);
    expect(quality.score).toBeGreaterThanOrEqual(faceThresholds.leastScore);
    expect(quality.sizePx).toBeGreaterThanOrEqual(35);
    expect(smile === null).toBe(quality.sizePx < 45);
  }
  expect(faces.filter(({ bib }) => bib !== undefined).length).toBeGreaterThan(0);
  expect(faces[0]?.quality.score).toBeGreaterThan(0.5);
});

test('a turned file gives the same upright boxes and nearly the same descriptors', async () => {
  const png = await asPng(scene.jpeg);
  const turned = await sharp(png)
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer();
  const [straight, upright] = await Promise.all(
    [png, turned].map(async (bytes) => (await analysePhoto(bytes, { faces: true })).faces ?? []),
  );
  expect(upright?.length).toBe(straight?.length);
  for (const [index, face] of (straight ?? []).entries()) {
    const other = upright?.[index];
    if (!other) throw new Error('a face is gone');
    for (const key of ['x', 'y', 'w', 'h'] as const) expect(other.box[key]).toBeCloseTo(face.box[key], 1);
    expect(compareFaces(unpackDescriptor(face.descriptor), unpackDescriptor(other.descriptor))).toBeLessThan(
      0.3,
    );
  }
});

test('sizes are those of the original when its pixels were reduced', async () => {
  const { pixels, widthPx } = await decodePhoto(scene.jpeg);
  const own = await detectFaces(pixels, widthPx);
  const twice = await detectFaces(pixels, widthPx * 2);
  expect(twice[0]?.quality.sizePx).toBeCloseTo((own[0]?.quality.sizePx ?? 0) * 2, -1);
  expect(twice[0]?.box).toEqual(own[0]?.box);
});

test('a selfie is described when one face stands out, and refused with the reason otherwise', async () => {
  const png = await asPng(scene.jpeg);
  const { pixels, widthPx, heightPx } = await decodePhoto(png);
  const [face] = await detectFaces(pixels, widthPx);
  if (!face) throw new Error('no face drawn');
  const cut = async (margin: number) => {
    const [left, top] = [face.box.x - margin * face.box.w, face.box.y - margin * face.box.h];
    const tight = await sharp(png)
      .extract({
        left: Math.round(Math.max(0, left) * widthPx),
        top: Math.round(Math.max(0, top) * heightPx),
        width: Math.round(face.box.w * (1 + 2 * margin) * widthPx),
        height: Math.round(face.box.h * (1 + 2 * margin) * heightPx),
      })
      .png()
      .toBuffer();
    return tight;
  };

  const pool = createEnginePool({ lanes: 1 });
  const selfie = await pool.describeSelfie(await cut(0.3)).finally(() => pool.close());
  if (!selfie.found) throw new Error(selfie.reason);
  expect(compareFaces(unpackDescriptor(selfie.descriptor), unpackDescriptor(face.descriptor))).toBeLessThan(
    0.45,
  );

  const nobody = sharp({ create: { width: 300, height: 300, channels: 3, background: '#7a8b9c' } }).png();
  expect(await describeSelfie(await nobody.toBuffer())).toEqual({ found: false, reason: 'no-face' });

  const blurred = await sharp(await cut(0.6))
    .blur(3)
    .png()
    .toBuffer();
  expect(await describeSelfie(blurred)).toEqual({ found: false, reason: 'unclear' });

  const twins = await sharp({ create: { width: 1000, height: 500, channels: 3, background: '#556655' } })
    .composite(
      await Promise.all(
        [0, 500].map(async (left) => {
          const input = await sharp(await cut(0.5))
            .resize(500, 500, { fit: 'fill' })
            .png()
            .toBuffer();
          return { input, left, top: 0 };
        }),
      ),
    )
    .png()
    .toBuffer();
  expect(await describeSelfie(twins)).toEqual({
    found: false,
    reason: 'several-faces',
  });
});
