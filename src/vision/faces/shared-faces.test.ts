// vitest: alone
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePhoto } from '../pixels/decode-photo.ts';
import { compareFaces, unpackDescriptor } from './compare-faces.ts';
import { describeSelfie } from './describe-selfie.ts';
import { findFaceBoxes } from './detect-faces.ts';
import { faceThresholds } from './face-thresholds.ts';

/** Portraits and race photos that are not ours to ship: looked for beside the project. */
const faces = resolve('../shared/data/faces');
const isThere = existsSync(faces);
if (!isThere) process.stderr.write('../shared/data/faces is absent: real faces were not tested\n');

const portraitsEach = 3;

describe.skipIf(!isThere)('on faces of others', () => {
  test('people are told apart and recognised', { timeout: 300_000 }, async () => {
    const truth: { file: string; person: string; set: string }[] = JSON.parse(
      readFileSync(join(faces, 'truth.json'), 'utf8'),
    );
    const people = Object.values(Object.groupBy(truth, ({ person }) => person)).flatMap((own = []) =>
      own.slice(0, portraitsEach),
    );
    const seen: { person: string; descriptor: Float32Array }[] = [];
    for (const { file, person } of people) {
      const selfie = await describeSelfie(readFileSync(join(faces, file)));
      if (selfie.found) seen.push({ person, descriptor: unpackDescriptor(selfie.descriptor) });
    }
    expect(seen.length / people.length).toBeGreaterThan(0.97);
    const pairs = seen.flatMap((a, index) => seen.slice(index + 1).map((b) => ({ a, b })));
    const near = pairs.filter(
      ({ a, b }) => compareFaces(a.descriptor, b.descriptor) <= faceThresholds.probableDistance,
    );
    const same = pairs.filter(({ a, b }) => a.person === b.person);
    const right = near.filter(({ a, b }) => a.person === b.person);
    expect(right.length / near.length).toBeGreaterThan(0.98);
    expect(right.length / same.length).toBeGreaterThan(0.85);
  });

  test('most faces of a crowd at the start are found', { timeout: 300_000 }, async () => {
    const labels: Record<string, { faces: unknown[]; unseen: number }> = JSON.parse(
      readFileSync(join(faces, 'detection-rbnr.json'), 'utf8'),
    );
    let found = 0;
    let there = 0;
    for (const [file, { faces: labelled, unseen }] of Object.entries(labels)) {
      const { pixels } = await decodePhoto(readFileSync(join(faces, '../bibs/rbnr', file)));
      found += (await findFaceBoxes(pixels)).length;
      there += labelled.length + unseen;
    }
    expect(found / there).toBeGreaterThan(0.72);
    expect(found / there).toBeLessThan(0.9);
  });
});
