// SSD on MobileNet v1 (Liu et al. 2016, Howard et al. 2017), as face-api stores it after training on WIDER FACE.
import { createOnnxWriter, type OnnxValue, type OnnxWriter } from '../models/onnx-writer.ts';
import { type FaceWeights, readFaceWeights } from './face-weights.ts';
import { writeConvolution, writeDepthwiseConvolution } from './write-convolution.ts';

/** Of TensorFlow's object detection API, with which it was trained. */
const batchNormEpsilon = 1e-3;
const halvingLayers = new Set([2, 4, 6, 12]);
/** Raw classes are background, face and one that was never used. */
const classes = 3;

/** In: `image`, 0..255, RGB planes, sides of any multiple of 32. Out, per anchor of face-anchors.ts: `boxes` (encoded
 *  y, x, height, width) and `scores` (3 probabilities, the face's second). */
export async function convertFaceDetector(): Promise<Uint8Array> {
  const weights = await readFaceWeights('ssd_mobilenetv1');
  const writer = createOnnxWriter('face_detector');
  const image = writer.input('image', [1, 3, 'height', 'width']);
  const scaled = writer.node('Mul', [image, writer.floats([1 / 127.5], [])]);
  const centred = writer.node('Sub', [scaled, writer.floats([1], [])]);
  const { inner, last } = writeMobileNet(writer, weights, centred);
  const maps = [inner, last, ...writeExtraLayers(writer, weights, last)];
  const heads = maps.map((map, index) => writeHead(writer, weights, map, index));
  writer.node(
    'Concat',
    heads.map(({ boxes }) => boxes),
    { axis: 1 },
    'boxes',
  );
  const raw = writer.node(
    'Concat',
    heads.map(({ scores }) => scores),
    { axis: 1 },
  );
  writer.node('Sigmoid', [raw], {}, 'scores');
  writer.output('boxes', [1, 'anchors', 4]);
  writer.output('scores', [1, 'anchors', classes]);
  return writer.toBytes();
}

/** Thirteen pairs of a depthwise and a pointwise layer; faces are looked for after the 11th and the last. */
function writeMobileNet(writer: OnnxWriter, weights: FaceWeights, image: OnnxValue) {
  let map = writePointwise(writer, weights, image, 'MobilenetV1/Conv2d_0_pointwise', 2);
  let inner = map;
  for (let layer = 1; layer <= 13; layer += 1) {
    const name = `MobilenetV1/Conv2d_${layer}`;
    map = writeDepthwise(writer, weights, map, `${name}_depthwise`, halvingLayers.has(layer) ? 2 : 1);
    map = writePointwise(writer, weights, map, `${name}_pointwise`, 1);
    if (layer === 11) inner = map;
  }
  return { inner, last: map };
}

function writeExtraLayers(writer: OnnxWriter, weights: FaceWeights, last: OnnxValue): OnnxValue[] {
  const maps: OnnxValue[] = [];
  let map = last;
  for (let layer = 0; layer < 8; layer += 2) {
    map = writePointwise(writer, weights, map, `Prediction/Conv2d_${layer}_pointwise`, 1);
    map = writePointwise(writer, weights, map, `Prediction/Conv2d_${layer + 1}_pointwise`, 2);
    maps.push(map);
  }
  return maps;
}

/** Its batch normalisation was multiplied into the kernel when it was published. */
function writePointwise(
  writer: OnnxWriter,
  weights: FaceWeights,
  input: OnnxValue,
  name: string,
  stride: number,
): OnnxValue {
  const kernel = weights(`${name}/weights`);
  const bias = weights(`${name}/convolution_bn_offset`).data;
  return writeRelu6(writer, writeConvolution(writer, input, { kernel, bias }, { stride, padding: 'same' }));
}

function writeDepthwise(
  writer: OnnxWriter,
  weights: FaceWeights,
  input: OnnxValue,
  name: string,
  stride: number,
): OnnxValue {
  const norm = (part: string) => weights(`${name}/BatchNorm/${part}`).data;
  const [gamma, beta, mean, variance] = [
    norm('gamma'),
    norm('beta'),
    norm('moving_mean'),
    norm('moving_variance'),
  ];
  const scales = gamma.map((value, i) => value / Math.sqrt((variance[i] ?? 0) + batchNormEpsilon));
  const bias = beta.map((value, i) => value - (mean[i] ?? 0) * (scales[i] ?? 0));
  const kernel = weights(`${name}/depthwise_weights`);
  const shape = { stride, padding: 'same' } as const;
  return writeRelu6(writer, writeDepthwiseConvolution(writer, input, { kernel, bias, scales }, shape));
}

function writeRelu6(writer: OnnxWriter, input: OnnxValue): OnnxValue {
  return writer.node('Clip', [input, writer.floats([0], []), writer.floats([6], [])]);
}

function writeHead(writer: OnnxWriter, weights: FaceWeights, map: OnnxValue, index: number) {
  const predictor = (name: string, numbers: number) => {
    const path = `Prediction/BoxPredictor_${index}/${name}`;
    const parts = { kernel: weights(`${path}/weights`), bias: weights(`${path}/biases`).data };
    const grid = writeConvolution(writer, map, parts, { stride: 1, padding: 'same' });
    const rows = writer.node('Transpose', [grid], { perm: [0, 2, 3, 1] });
    return writer.node('Reshape', [rows, writer.integers([1, -1, numbers])]);
  };
  return { boxes: predictor('BoxEncodingPredictor', 4), scores: predictor('ClassPredictor', classes) };
}
