// dlib's face recognition network (King 2017, public domain): a residual network of 29 layers, as face-api stores it.
import { createOnnxWriter, type OnnxValue, type OnnxWriter } from '../models/onnx-writer.ts';
import { writeCentring } from './convert-face-reader.ts';
import { type FaceWeights, readFaceWeights } from './face-weights.ts';
import { writeConvolution } from './write-convolution.ts';

type Layer = { name: string; stride: number; padding: 'same' | 'valid' };

/** In: `image`, N aligned chips of 150 px, 0..255, RGB planes. Out: `descriptor`, 128 numbers per chip. */
export async function convertFaceRecogniser(): Promise<Uint8Array> {
  const weights = await readFaceWeights('face_recognition');
  const writer = createOnnxWriter('face_recogniser');
  const network = createBlocks(writer, weights);
  const image = writeCentring(writer, writer.input('image', ['faces', 3, 150, 150]));
  const first = network.activate(network.layer(image, { name: 'conv32_down', stride: 2, padding: 'valid' }));
  let map = writer.node('MaxPool', [first], { kernel_shape: [3, 3], strides: [2, 2] });
  for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) map = network.residual(map, name);
  map = network.halving(map, { name: 'conv64_down', newChannels: 32 });
  for (const name of ['conv64_1', 'conv64_2', 'conv64_3']) map = network.residual(map, name);
  map = network.halving(map, { name: 'conv128_down', newChannels: 64 });
  for (const name of ['conv128_1', 'conv128_2']) map = network.residual(map, name);
  map = network.halving(map, { name: 'conv256_down', newChannels: 128, widened: true });
  for (const name of ['conv256_1', 'conv256_2']) map = network.residual(map, name);
  map = network.halving(map, { name: 'conv256_down_out', newChannels: 0, widened: true });
  const mean = writer.node('ReduceMean', [map], { axes: [2, 3], keepdims: 0 });
  const matrix = weights('fc');
  writer.node('MatMul', [mean, writer.floats(matrix.data, matrix.dimensions)], {}, 'descriptor');
  writer.output('descriptor', ['faces', 128]);
  return writer.toBytes();
}

function createBlocks(writer: OnnxWriter, weights: FaceWeights) {
  const activate = (value: OnnxValue) => writer.node('Relu', [value]);
  const add = (a: OnnxValue, b: OnnxValue) => writer.node('Add', [a, b]);

  /** dlib scales after it convolves: both go into one kernel. */
  const layer = (input: OnnxValue, { name, stride, padding }: Layer) => {
    const scales = weights(`${name}/scale/weights`).data;
    const offsets = weights(`${name}/scale/biases`).data;
    const inner = weights(`${name}/conv/bias`).data;
    const bias = inner.map((value, i) => value * (scales[i] ?? 0) + (offsets[i] ?? 0));
    const kernel = weights(`${name}/conv/filters`);
    return writeConvolution(writer, input, { kernel, bias, scales }, { stride, padding });
  };

  const residual = (input: OnnxValue, name: string) => {
    const inner = activate(layer(input, { name: `${name}/conv1`, stride: 1, padding: 'same' }));
    return activate(add(layer(inner, { name: `${name}/conv2`, stride: 1, padding: 'same' }), input));
  };

  /** The shortcut is averaged and gets empty channels; where an odd side was halved, the long way gets an empty edge. */
  const halving = (
    input: OnnxValue,
    { name, newChannels, widened = false }: { name: string; newChannels: number; widened?: boolean },
  ) => {
    const inner = activate(layer(input, { name: `${name}/conv1`, stride: 2, padding: 'valid' }));
    const halved = layer(inner, { name: `${name}/conv2`, stride: 1, padding: 'same' });
    const long = widened ? pad(halved, [0, 0, 0, 0, 0, 0, 1, 1]) : halved;
    const averaged = writer.node('AveragePool', [input], { kernel_shape: [2, 2], strides: [2, 2] });
    const short = newChannels > 0 ? pad(averaged, [0, 0, 0, 0, 0, newChannels, 0, 0]) : averaged;
    return activate(add(short, long));
  };
  const pad = (value: OnnxValue, sides: number[]) => writer.node('Pad', [value, writer.integers(sides)]);

  return { activate, layer, residual, halving };
}
