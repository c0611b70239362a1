import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createOnnxWriter, type OnnxWriter } from './onnx-writer.ts';

async function run(writer: OnnxWriter, numbers: number[], dimensions: number[]) {
  const session = await InferenceSession.create(writer.toBytes());
  const { out } = await session.run({ in: new Tensor('float32', Float32Array.from(numbers), dimensions) });
  return { numbers: [...((out?.data ?? []) as Float32Array)], dimensions: out?.dims };
}

test('a written convolution is computed by the runtime', async () => {
  const writer = createOnnxWriter('edge');
  const image = writer.input('in', [1, 1, 'height', 'width']);
  const kernel = writer.floats([-1, 0, 1], [1, 1, 1, 3]);
  writer.node('Conv', [image, kernel], { kernel_shape: [1, 3], pads: [0, 1, 0, 1] }, 'out');
  writer.output('out', [1, 1, 'height', 'width']);

  expect(await run(writer, [1, 2, 4, 8], [1, 1, 1, 4])).toEqual({
    numbers: [2, 3, 6, -4],
    dimensions: [1, 1, 1, 4],
  });
});

test('text, float and negative integer attributes and lists of integers arrive', async () => {
  const writer = createOnnxWriter('attributes');
  const padded = writer.node('Pad', [writer.input('in', [1, 2]), writer.integers([0, 1, 0, 0])], {
    mode: 'reflect',
  });
  const leaky = writer.node('LeakyRelu', [padded], { alpha: { float: 0.5 } });
  const halved = writer.node('Mul', [leaky, writer.floats([10], [])]);
  writer.output(writer.node('Flatten', [halved], { axis: -1 }, 'out'), ['rows', 'columns']);

  expect((await run(writer, [-4, 3], [1, 2])).numbers).toEqual([30, -20, 30]);
});

test('the same calls give the same bytes', () => {
  const write = () => {
    const writer = createOnnxWriter('same');
    writer.output(writer.node('Relu', [writer.input('in', [3])], {}, 'out'), [3]);
    return writer.toBytes();
  };
  expect(write()).toEqual(write());
});

test('numbers that do not fill their dimensions are refused', () => {
  expect(() => createOnnxWriter('wrong').floats([1, 2, 3], [2, 2])).toThrow('3 numbers for a tensor of 2×2');
});
