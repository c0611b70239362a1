import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOutputs, type ModelRecipe, openConvertedModel } from './converted-model.ts';
import { createOnnxWriter } from './onnx-writer.ts';

let root = '';
let digest: number[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'models-'));
  digest = await digestOutputs(await InferenceSession.create(writeModel(2)), [1, 50]);
});
afterAll(() => rm(root, { recursive: true }));

function writeModel(factor: number): Uint8Array {
  const writer = createOnnxWriter('times');
  const input = writer.input('in', [1, 50]);
  writer.output(writer.node('Mul', [input, writer.floats([factor], [])], {}, 'out'), [1, 50]);
  return writer.toBytes();
}

function recipeFor(factor = 2) {
  let conversions = 0;
  const recipe: ModelRecipe = {
    name: 'times',
    version: 1,
    convert: async () => {
      conversions += 1;
      return writeModel(factor);
    },
    trial: { inputDimensions: [1, 50], digest },
  };
  return { recipe, conversions: () => conversions };
}

const newFolder = () => mkdtemp(join(root, 'folder-'));

test('a model is converted once and kept', async () => {
  const folder = join(await newFolder(), 'not', 'yet');
  const { recipe, conversions } = recipeFor();
  await openConvertedModel(recipe, folder);
  await openConvertedModel(recipe, folder);
  expect(conversions()).toBe(1);
  expect(await readdir(folder)).toEqual(['times-1.onnx']);
});

test('a kept file that is cut, or computes something else, is made anew', async () => {
  const folder = await newFolder();
  const path = join(folder, 'times-1.onnx');
  const { recipe, conversions } = recipeFor();
  for (const broken of [writeModel(2).subarray(0, 40), writeModel(2.01), Buffer.from('')]) {
    await writeFile(path, broken);
    await openConvertedModel(recipe, folder);
    expect(await readFile(path)).toEqual(Buffer.from(writeModel(2)));
  }
  expect(conversions()).toBe(3);
});

test('two at once both get the model, and leave one file', async () => {
  const folder = await newFolder();
  const sessions = await Promise.all([1, 2].map(() => openConvertedModel(recipeFor().recipe, folder)));
  expect(sessions.map(({ outputNames }) => outputNames)).toEqual([['out'], ['out']]);
  expect(await readdir(folder)).toEqual(['times-1.onnx']);
});

test('where nothing can be written the model still opens', async () => {
  const inTheWay = join(await newFolder(), 'file');
  await writeFile(inTheWay, '');
  const session = await openConvertedModel(recipeFor().recipe, join(inTheWay, 'models'));
  expect(session.outputNames).toEqual(['out']);
});

test('weights that convert into something else are refused and not kept', async () => {
  const folder = await newFolder();
  await expect(openConvertedModel(recipeFor(2.01).recipe, folder)).rejects.toThrow('times: its weights give');
  expect(await readdir(folder)).toEqual([]);
});
