import { createSHA256 } from 'hash-wasm';

const SLICE_BYTES = 4 * 1024 * 1024;

/** Lower-case hex SHA-256 of a file, read in slices so that a large file never sits in memory whole. */
export async function hashFile(file: File, signal: AbortSignal): Promise<string> {
  const hasher = await createSHA256();
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    signal.throwIfAborted();
    const slice = await file.slice(start, start + SLICE_BYTES).arrayBuffer();
    hasher.update(new Uint8Array(slice));
  }
  return hasher.digest('hex');
}
