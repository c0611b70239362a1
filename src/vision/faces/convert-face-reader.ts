// The networks of face-api that read a face's landmarks and expression: the same four dense blocks, another last layer.
import { createOnnxWriter, type OnnxValue, type OnnxWriter } from '../models/onnx-writer.ts';
import { type FaceWeights, readFaceWeights } from './face-weights.ts';
import { writeConvolution, writeDepthwiseConvolution } from './write-convolution.ts';

/** In: `image`, N faces of 112 px, 0..255, RGB planes. Out: `landmarks`, 68 × (x, y), 0..1 of the image. */
export async function convertLandmarkReader(): Promise<Uint8Array> {
  const { writer, values } = writeFaceReader('landmarks', await readFaceWeights('face_landmark_68'));
  writer.node('Identity', [values], {}, 'landmarks');
  writer.output('landmarks', ['faces', 136]);
  return writer.toBytes();
}

/** In: as above. Out: `expressions`, 7 probabilities: neutral, happy, sad, angry, fearful, disgusted, surprised. */
export async function convertExpressionReader(): Promise<Uint8Array> {
  const { writer, values } = writeFaceReader('expressions', await readFaceWeights('face_expression'));
  writer.node('Softmax', [values], { axis: 1 }, 'expressions');
  writer.output('expressions', ['faces', 7]);
  return writer.toBytes();
}

function writeFaceReader(name: string, weights: FaceWeights) {
  const writer = createOnnxWriter(name);
  let map = writeCentring(writer, writer.input('image', ['faces', 3, 112, 112]));
  for (const block of [0, 1, 2, 3]) map = writeDenseBlock(writer, weights, map, block);
  const pooled = writer.node('AveragePool', [map], { kernel_shape: [7, 7], strides: [2, 2] });
  const flat = writer.node('Flatten', [pooled], { axis: 1 });
  const matrix = weights('fc/weights');
  const bias = weights('fc/bias');
  const product = writer.node('MatMul', [flat, writer.floats(matrix.data, matrix.dimensions)]);
  return { writer, values: writer.node('Add', [product, writer.floats(bias.data, bias.dimensions)]) };
}

/** What face-api subtracts: the mean colour of the faces it was trained with. */
export function writeCentring(writer: OnnxWriter, image: OnnxValue): OnnxValue {
  const centred = writer.node('Sub', [image, writer.floats([122.782, 117.001, 104.298], [1, 3, 1, 1])]);
  return writer.node('Mul', [centred, writer.floats([1 / 255], [])]);
}

/** Each layer adds to the sum of those before it (Huang et al. 2017, with sums instead of concatenations). */
function writeDenseBlock(writer: OnnxWriter, weights: FaceWeights, input: OnnxValue, block: number) {
  const relu = (value: OnnxValue) => writer.node('Relu', [value]);
  const add = (a: OnnxValue, b: OnnxValue) => writer.node('Add', [a, b]);
  const layer = (value: OnnxValue, index: number, stride: number) =>
    writeSeparable(writer, weights, value, { name: `dense${block}/conv${index}`, stride });

  const first = relu(block === 0 ? writeFirstLayer(writer, weights, input) : layer(input, 0, 2));
  const second = layer(first, 1, 1);
  const third = layer(relu(add(first, second)), 2, 1);
  const sum = add(first, add(second, third));
  const fourth = layer(relu(sum), 3, 1);
  return relu(add(sum, fourth));
}

function writeFirstLayer(writer: OnnxWriter, weights: FaceWeights, input: OnnxValue): OnnxValue {
  const parts = { kernel: weights('dense0/conv0/filters'), bias: weights('dense0/conv0/bias').data };
  return writeConvolution(writer, input, parts, { stride: 2, padding: 'same' });
}

function writeSeparable(
  writer: OnnxWriter,
  weights: FaceWeights,
  input: OnnxValue,
  { name, stride }: { name: string; stride: number },
): OnnxValue {
  const depthwise = weights(`${name}/depthwise_filter`);
  const noBias = new Float32Array(depthwise.dimensions[2] ?? 0);
  const spread = writeDepthwiseConvolution(
    writer,
    input,
    { kernel: depthwise, bias: noBias },
    { stride, padding: 'same' },
  );
  const parts = { kernel: weights(`${name}/pointwise_filter`), bias: weights(`${name}/bias`).data };
  return writeConvolution(writer, spread, parts, { stride: 1, padding: 'same' });
}
