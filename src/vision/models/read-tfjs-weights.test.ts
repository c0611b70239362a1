import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTfjsWeights } from './read-tfjs-weights.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, manifest: unknown, bytes: Buffer): Promise<string> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(manifest));
  await writeFile(join(folder, `${name}.bin`), bytes);
  return path;
}

test('plain and quantised weights come back as numbers', async () => {
  const bytes = Buffer.alloc(4 + 4 + 3 + 4 + 8);
  bytes.writeFloatLE(1.5, 0);
  bytes.writeInt32LE(-7, 4);
  bytes.set([0, 1, 255], 8);
  bytes.writeUInt16LE(65_535, 11);
  bytes.writeUInt16LE(1, 13);
  // 1, -2, 2^-24 and 65504 in IEEE 754 binary16.
  for (const [i, half] of [0x3c00, 0xc000, 0x0001, 0x7bff].entries()) bytes.writeUInt16LE(half, 15 + i * 2);
  const path = await write(
    'mixed',
    [
      {
        paths: ['mixed.bin'],
        weights: [
          { name: 'plain', shape: [1], dtype: 'float32' },
          { name: 'whole', shape: [], dtype: 'int32' },
          {
            name: 'bytes',
            shape: [3],
            dtype: 'float32',
            quantization: { dtype: 'uint8', scale: 2, min: -1 },
          },
          {
            name: 'words',
            shape: [1, 2],
            dtype: 'float32',
            quantization: { dtype: 'uint16', scale: 1, min: 1 },
          },
          { name: 'halves', shape: [4], dtype: 'float32', quantization: { dtype: 'float16' } },
        ],
      },
    ],
    bytes,
  );

  const weights = await readTfjsWeights(path);

  expect([...(weights.get('plain')?.data ?? [])]).toEqual([1.5]);
  expect(weights.get('whole')).toEqual({ data: Float32Array.of(-7), dimensions: [] });
  expect([...(weights.get('bytes')?.data ?? [])]).toEqual([-1, 1, 509]);
  expect(weights.get('words')).toEqual({ data: Float32Array.of(65_536, 2), dimensions: [1, 2] });
  expect([...(weights.get('halves')?.data ?? [])]).toEqual([1, -2, 2 ** -24, 65_504]);
});

test('a model.json with its manifest inside is read too', async () => {
  const manifest = [{ paths: ['graph.bin'], weights: [{ name: 'w', shape: [2], dtype: 'int32' }] }];
  const path = await write('graph', { modelTopology: {}, weightsManifest: manifest }, Buffer.alloc(8, 0));
  expect((await readTfjsWeights(path)).get('w')?.data).toEqual(Float32Array.of(0, 0));
});

test('too few and too many bytes are refused', async () => {
  const manifest = (name: string) => [
    { paths: [`${name}.bin`], weights: [{ name: 'w', shape: [2], dtype: 'int32' }] },
  ];
  await expect(readTfjsWeights(await write('cut', manifest('cut'), Buffer.alloc(7)))).rejects.toThrow(
    'no numbers for w',
  );
  await expect(readTfjsWeights(await write('fat', manifest('fat'), Buffer.alloc(9)))).rejects.toThrow(
    '1 bytes too many',
  );
});
