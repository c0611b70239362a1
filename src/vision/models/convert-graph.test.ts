import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { convertGraph, graphSchema } from './convert-graph.ts';
import { sessionOptions } from './converted-model.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const strided = (step: number) => ({
  strides: { list: { i: ['1', `${step}`, `${step}`, '1'] } },
  padding: { s: base64('SAME') },
});
const image = { name: 'image', op: 'Placeholder' };
const weight = (data: number[], dimensions: number[]) => ({ data: Float32Array.from(data), dimensions });

test('an even image that is halved is padded below and to the right, as TensorFlow does', async () => {
  const nodes = [image, { name: 'out', op: 'Conv2D', input: ['image', 'ones'], attr: strided(2) }];
  const ones = weight(Array(9).fill(1), [3, 3, 1, 1]);
  // Rows and columns 0..2 of the first window, 2..3 of the second.
  expect(await run(nodes, { ones }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])).toEqual([
    54, 45, 72, 54,
  ]);
});

test('a bias and an activation inside a convolution are kept', async () => {
  const attr = { ...strided(1), fused_ops: { list: { s: ['BiasAdd', 'Relu6'].map(base64) } } };
  const nodes = [image, { name: 'out', op: '_FusedConv2D', input: ['image', 'kernel', 'bias'], attr }];
  const weights = { kernel: weight([2], [1, 1, 1, 1]), bias: weight([-3], [1]) };
  expect(await run(nodes, weights, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])).toEqual([
    0, 1, 3, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
  ]);
});

test('means, scalars, doubling and joining channels give what TensorFlow gives', async () => {
  const nodes = [
    image,
    { name: 'mean', op: 'Mean', input: ['image', 'axes'] },
    { name: 'part', op: 'Mul', input: ['half', 'mean'] },
    { name: 'large', op: 'ResizeBilinear', input: ['part', 'size'] },
    { name: 'both', op: 'ConcatV2', input: ['large', 'large', 'axis'] },
    { name: 'out', op: 'Identity', input: ['both'] },
  ];
  const weights = {
    axes: weight([1, 2], [2]),
    half: weight([0.5], []),
    size: weight([2, 2], [2]),
    axis: weight([3], []),
  };
  expect(await run(nodes, weights, Array(16).fill(3), 2)).toEqual(Array(8).fill(1.5));
});

test.each([
  ['an operator nobody knows', { name: 'out', op: 'Einsum', input: ['image'] }],
  ['a mean over channels', { name: 'out', op: 'Mean', input: ['image', 'channels'] }],
  ['weights that are not there', { name: 'out', op: 'Conv2D', input: ['image', 'gone'], attr: strided(1) }],
  ['a table of numbers between images', { name: 'out', op: 'Add', input: ['image', 'table'] }],
])('%s ends the conversion', async (_, node) => {
  const weights = { channels: weight([3], [1]), table: weight([1, 2], [2]) };
  await expect(run([image, node], weights, [])).rejects.toThrow();
});

async function run(
  nodes: object[],
  weights: Record<string, ReturnType<typeof weight>>,
  pixels: number[],
  channels = 1,
): Promise<number[]> {
  const bytes = convertGraph({
    name: 'test',
    nodes: graphSchema.parse({ modelTopology: { node: nodes } }).modelTopology,
    weights: new Map(Object.entries(weights)),
    inputChannels: 1,
    outputs: [{ node: 'out', name: 'result', channels }],
  });
  const session = await InferenceSession.create(bytes, sessionOptions);
  const { result } = await session.run({ image: new Tensor('float32', pixels, [1, 1, 4, 4]) });
  if (!(result?.data instanceof Float32Array)) throw new Error('no result');
  return [...result.data];
}
