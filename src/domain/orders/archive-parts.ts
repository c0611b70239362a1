/** A ZIP of so many photos ends on a phone's connection; a whole event comes in several. */
const PHOTOS_PER_ARCHIVE = 500;

/** The files of each ZIP of an order, in order. */
export function archiveParts<File>(files: readonly File[]): File[][] {
  return Array.from({ length: Math.ceil(files.length / PHOTOS_PER_ARCHIVE) }, (_, part) =>
    files.slice(part * PHOTOS_PER_ARCHIVE, (part + 1) * PHOTOS_PER_ARCHIVE),
  );
}
