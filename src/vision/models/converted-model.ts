import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** How a model is made from published weights, and how it is recognised as well made. */
export interface ModelRecipe {
  /** Of the file, without its ending. */
  name: string;
  /** Raise it with the weights or their conversion: another version is another file. */
  version: number;
  convert(): Promise<Uint8Array>;
  /** Of the fixed tensor that the model is tried with, and what `digestOutputs` must then give. */
  trial: { inputDimensions: readonly number[]; digest: readonly number[] };
}

/** Goes and comes with the installed packages that hold the weights. docs/decisions/015. */
const modelFolder = fileURLToPath(
  new URL('../../../node_modules/.cache/focus-racer/models/', import.meta.url),
);
/** Lanes are what uses the cores: one thread per model. */
export const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
};
/** Processors add in different orders, which moves a result by some 1e-5; another weight moves it by more than this. */
const toleratedShare = 1e-3;

/** Opens a model that is converted when first needed and kept for the next process. A file that is missing, cut or gives
 *  other numbers than the trial's is made anew; where nothing can be written, the model is made in memory each time.
 *  Safe in many processes at once: files appear whole. Throws when the conversion itself gives other numbers. */
export async function openConvertedModel(
  recipe: ModelRecipe,
  folder: string = modelFolder,
): Promise<InferenceSession> {
  const path = join(folder, `${recipe.name}-${recipe.version}.onnx`);
  const kept = await openKept(path, recipe);
  if (kept) return kept;
  const bytes = await recipe.convert();
  const session = await InferenceSession.create(bytes, sessionOptions);
  const digest = await digestOutputs(session, recipe.trial.inputDimensions);
  if (!isSameDigest(digest, recipe.trial.digest)) {
    throw new Error(
      `${recipe.name}: its weights give ${digest.map((number) => number.toPrecision(6)).join(', ')}`,
    );
  }
  await keep(path, folder, bytes);
  return session;
}

/** Four numbers per output on a fixed tensor: its size (root mean square), and three sums with fixed random signs. */
export async function digestOutputs(
  session: InferenceSession,
  inputDimensions: readonly number[],
): Promise<number[]> {
  const size = inputDimensions.reduce((product, dimension) => product * dimension, 1);
  const randomBits = createRandomBits();
  const pattern = Float32Array.from({ length: size }, () => randomBits() & 0xff);
  const [inputName = ''] = session.inputNames;
  const outputs = await session.run({ [inputName]: new Tensor('float32', pattern, [...inputDimensions]) });
  return session.outputNames.flatMap((name) => {
    const numbers = outputs[name]?.data;
    if (!(numbers instanceof Float32Array)) throw new Error(`${name} is not a tensor of float32`);
    return digestNumbers(numbers);
  });
}

function digestNumbers(numbers: Float32Array): number[] {
  const randomBits = createRandomBits();
  const sums = [0, 0, 0, 0];
  for (const number of numbers) {
    const bits = randomBits();
    sums[0] = (sums[0] ?? 0) + number * number;
    for (let i = 1; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) + (bits & (1 << i) ? number : -number);
  }
  const [squares = 0, ...signed] = sums;
  const root = Math.sqrt(numbers.length);
  return [Math.sqrt(squares) / root, ...signed.map((sum) => sum / root)];
}

/** Not-a-number is never the same. */
function isSameDigest(digest: readonly number[], expected: readonly number[]): boolean {
  return (
    digest.length === expected.length &&
    digest.every((number, index) => {
      const sizeOfOutput = expected[index - (index % 4)] ?? 0;
      return Math.abs(number - (expected[index] ?? 0)) <= toleratedShare * sizeOfOutput;
    })
  );
}

/** Null when there is no such file, or not a good one: whatever is wrong with it, it is made anew. */
async function openKept(path: string, { trial }: ModelRecipe): Promise<InferenceSession | null> {
  try {
    const session = await InferenceSession.create(path, sessionOptions);
    if (isSameDigest(await digestOutputs(session, trial.inputDimensions), trial.digest)) return session;
    await session.release();
    return null;
  } catch {
    return null;
  }
}

/** A read-only or full disk costs the next process a conversion, and nothing else. */
async function keep(path: string, folder: string, bytes: Uint8Array): Promise<void> {
  const writing = `${path}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(writing, bytes, { flush: true });
    await rename(writing, path);
  } catch {
    await rm(writing, { force: true }).catch(() => undefined);
  }
}

/** xorshift32 (Marsaglia 2003): the same bits everywhere. */
function createRandomBits(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 8) & 0xffff;
  };
}
