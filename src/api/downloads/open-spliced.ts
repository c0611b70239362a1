import { Readable } from 'node:stream';
import type { FileToSend } from '#domain/orders/open-download.ts';
import type { ByteRange, Storage } from '#platform/storage/storage.ts';

type Source = Pick<FileToSend, 'storageKey' | 'sizeBytes' | 'storedBytes' | 'splice'>;
type Piece = { bytes: Buffer } | ByteRange;

/** The bytes of a file as it leaves, or one range of them; what is stored is read as it is taken. */
export async function openSpliced(
  storage: Pick<Storage, 'open'>,
  file: Source,
  range: ByteRange = { start: 0, end: file.sizeBytes - 1 },
): Promise<Readable> {
  if (!file.splice) return storage.open(file.storageKey, range);
  return Readable.from(read(storage, file.storageKey, cut(piecesOf(file, file.splice), range)), {
    objectMode: false,
  });
}

async function* read(storage: Pick<Storage, 'open'>, key: string, pieces: Piece[]) {
  for (const piece of pieces) {
    if ('bytes' in piece) yield piece.bytes;
    else yield* await storage.open(key, piece);
  }
}

function piecesOf({ storedBytes }: Source, splice: NonNullable<Source['splice']>): Piece[] {
  const { at, removed, inserted } = splice;
  const before = at > 0 ? [{ start: 0, end: at - 1 }] : [];
  const after = at + removed < storedBytes ? [{ start: at + removed, end: storedBytes - 1 }] : [];
  return [...before, { bytes: inserted }, ...after];
}

/** The parts of the pieces that lie within the range of the whole. */
function cut(pieces: Piece[], { start, end }: ByteRange): Piece[] {
  let offset = 0;
  return pieces.flatMap((piece): Piece[] => {
    const length = 'bytes' in piece ? piece.bytes.length : piece.end - piece.start + 1;
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, length - 1)];
    offset += length;
    if (from > to) return [];
    if ('bytes' in piece) return [{ bytes: piece.bytes.subarray(from, to + 1) }];
    return [{ start: piece.start + from, end: piece.start + to }];
  });
}
