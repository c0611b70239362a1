import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const SLICE_BYTES = 4 * 1024 * 1024;

/** Lower-case hex SHA-256 of a file. The browser's own hashing is off the main thread but exists only behind TLS or on
 *  localhost; elsewhere the file is read in slices, so that the page stays alive. */
export async function hashFile(file: File, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  if (globalThis.crypto.subtle) {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return bytesToHex(new Uint8Array(digest));
  }
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer()));
  }
  return bytesToHex(hash.digest());
}
