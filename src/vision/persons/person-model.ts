import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { convertGraph, graphSchema } from '../models/convert-graph.ts';
import { openConvertedModel } from '../models/converted-model.ts';
import { readTfjsWeights, type WeightTensor } from '../models/read-tfjs-weights.ts';

/** Of the 80 things it was taught to find (COCO's classes, by their index), the one it finds reliably. */
const personClass = 0;
const head = 'CenternetHead/centernet_cls_output/';
let opening: Promise<InferenceSession> | null = null;

/** CenterNet on MobileNetV3: for each fourth pixel a score that it is the middle of a person, and how far the person
 *  reaches to the left, up, right and down, in pixels. Takes RGB 0..255, sides multiples of 32. */
export function openPersonModel(): Promise<InferenceSession> {
  opening ??= openConvertedModel({
    name: 'persons',
    version: 1,
    convert: convertPersonDetector,
    trial: {
      inputDimensions: [1, 3, 96, 64],
      digest: [0.0369929, -0.0108053, -0.0823713, -0.00653113, 26.6385, -12.495, -20.8926, 8.09245],
    },
  });
  return opening;
}

async function convertPersonDetector(): Promise<Uint8Array> {
  const code = createRequire(import.meta.url).resolve('@vladmandic/human');
  const path = join(dirname(code), '../models/centernet.json');
  const [json, weights] = await Promise.all([readFile(path, 'utf8'), readTfjsWeights(path)]);
  for (const name of [`${head}pointwise_weights`, `${head}biases`]) {
    weights.set(name, keepChannel(weights.get(name), personClass));
  }
  return convertGraph({
    name: 'persons',
    nodes: graphSchema.parse(JSON.parse(json)).modelTopology,
    weights,
    inputChannels: 3,
    outputs: [
      { node: 'tower_0/keypoints', name: 'middles', channels: 1 },
      { node: 'tower_0/wh', name: 'reaches', channels: 4 },
    ],
  });
}

/** The last layer computes one class, not 80. */
function keepChannel(tensor: WeightTensor | undefined, channel: number): WeightTensor {
  const channels = tensor?.dimensions.at(-1);
  if (!tensor || !channels) throw new Error('the detector has no last layer');
  const data = tensor.data.filter((_, index) => index % channels === channel);
  return { data, dimensions: [...tensor.dimensions.slice(0, -1), 1] };
}
