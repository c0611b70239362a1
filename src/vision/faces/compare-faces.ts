export const descriptorLength = 128;

/** Distance of two descriptors: 0 is the same picture, strangers are around 0.8; face-thresholds.ts says what is near. */
export function compareFaces(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squaredDistance(a, b));
}

export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < descriptorLength; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** As a finding carries it: base64 of 128 little-endian float32. */
export function packDescriptor(descriptor: Float32Array): string {
  const bytes = Buffer.alloc(descriptorLength * 4);
  for (let i = 0; i < descriptorLength; i += 1) bytes.writeFloatLE(descriptor[i] ?? 0, i * 4);
  return bytes.toString('base64');
}

/** Throws for anything that is not 128 finite numbers. */
export function unpackDescriptor(packed: string): Float32Array {
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.length !== descriptorLength * 4) throw new Error(`a descriptor of ${bytes.length} bytes`);
  const descriptor = Float32Array.from({ length: descriptorLength }, (_, i) => bytes.readFloatLE(i * 4));
  if (!descriptor.every(Number.isFinite)) throw new Error('a descriptor with numbers that are not finite');
  return descriptor;
}
