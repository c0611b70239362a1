import { DomainError } from '#platform/errors.ts';
import { MAX_FILE_BYTES } from './start-list.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

/** Throws bad-input for an empty file, too-large over the bound. */
export function requireUsualSize(bytes: Buffer): void {
  if (bytes.length === 0) throw new DomainError('bad-input', { public: { key: 'timing.fileEmpty' } });
  if (bytes.length > MAX_FILE_BYTES) {
    const megabytes = MAX_FILE_BYTES / 1024 / 1024;
    throw new DomainError('too-large', { public: { key: 'timing.fileTooLarge', values: { megabytes } } });
  }
}

/** The text of a file whose encoding nobody wrote down: its mark, then valid UTF-8, then what Windows or an old Mac
 *  would have written; `usual` is the encoding of who wrote it, when that is known. */
export function decodeText(bytes: Buffer, usual?: TextEncoding): { text: string; encoding: TextEncoding } {
  const encoding = findEncoding(bytes, usual);
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function findEncoding(bytes: Buffer, usual: TextEncoding | undefined): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const unmarked = findUnmarkedUtf16(bytes);
  if (unmarked) return unmarked;
  return isUtf8(bytes) ? 'utf-8' : (usual ?? findOneByteEncoding(bytes));
}

/** Latin text in UTF-16 has a zero in nearly every second byte. */
function findUnmarkedUtf16(bytes: Buffer): TextEncoding | null {
  const sample = bytes.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  }
  const many = sample.length * 0.3;
  if (oddZeros > many) return 'utf-16le';
  return evenZeros > many ? 'utf-16be' : null;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Accented letters lie at C0..FF in Windows-1252 and at 80..9F in MacRoman, where Windows has rare signs. */
function findOneByteEncoding(bytes: Buffer): TextEncoding {
  let windowsLetters = 0;
  let macLetters = 0;
  for (const byte of bytes) {
    if (byte >= 0xc0) windowsLetters += 1;
    else if (byte >= 0x80 && byte <= 0x9f) macLetters += 1;
  }
  return macLetters > windowsLetters ? 'macintosh' : 'windows-1252';
}
