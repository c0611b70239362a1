import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface WeightTensor {
  /** In the order of `dimensions`, the last one running fastest. */
  data: Float32Array;
  /** TensorFlow's order: height, width, channels in, channels out. [] is a scalar. */
  dimensions: number[];
}

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      scale: z.number().default(1),
      min: z.number().default(0),
    })
    .optional(),
});
const manifestSchema = z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) }));
const fileSchema = z.union([
  manifestSchema,
  z.object({ weightsManifest: manifestSchema }).transform(({ weightsManifest }) => weightsManifest),
]);
type Weight = z.infer<typeof weightSchema>;

const bytesPerNumber = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 };

/** Weights by name, as TensorFlow.js stores them: a manifest or model.json, with its .bin files beside it. Quantised ones
 *  are widened: value × scale + min. Throws when the files do not hold exactly what the manifest says. */
export async function readTfjsWeights(manifestPath: string): Promise<Map<string, WeightTensor>> {
  const groups = fileSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  const tensors = new Map<string, WeightTensor>();
  for (const { paths, weights } of groups) {
    const files = await Promise.all(paths.map((path) => readFile(join(dirname(manifestPath), path))));
    const bytes = Buffer.concat(files);
    let offset = 0;
    for (const weight of weights) {
      const count = weight.shape.reduce((product, size) => product * size, 1);
      const length = count * bytesPerNumber[weight.quantization?.dtype ?? weight.dtype];
      if (offset + length > bytes.length) throw new Error(`${manifestPath}: no numbers for ${weight.name}`);
      const data = widen(weight, bytes.subarray(offset, offset + length), count);
      tensors.set(weight.name, { data, dimensions: weight.shape });
      offset += length;
    }
    if (offset !== bytes.length) throw new Error(`${manifestPath}: ${bytes.length - offset} bytes too many`);
  }
  return tensors;
}

function widen({ dtype, quantization }: Weight, bytes: Buffer, count: number): Float32Array {
  const { scale, min } = quantization ?? { scale: 1, min: 0 };
  const read = readers[quantization?.dtype ?? dtype];
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = read(bytes, i) * scale + min;
  return numbers;
}

const readers: Record<keyof typeof bytesPerNumber, (bytes: Buffer, index: number) => number> = {
  float32: (bytes, index) => bytes.readFloatLE(index * 4),
  int32: (bytes, index) => bytes.readInt32LE(index * 4),
  float16: (bytes, index) => halfFloat(bytes.readUInt16LE(index * 2)),
  uint16: (bytes, index) => bytes.readUInt16LE(index * 2),
  uint8: (bytes, index) => bytes.readUInt8(index),
};

/** IEEE 754 binary16. Node 22 has no Float16Array. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
