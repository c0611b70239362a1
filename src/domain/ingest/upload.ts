/** Why a file is not taken. A key of messages `ingest.refusal`. */
export type UploadRefusal =
  | 'empty'
  | 'too-large'
  | 'heic'
  | 'raw'
  | 'svg'
  | 'video'
  | 'not-a-photo'
  | 'too-many-pixels'
  | 'wrong-size'
  | 'wrong-hash'
  | 'event-closed'
  | 'no-credit';

/** An announced file waits this long for its bytes; then what arrived of it is removed. */
export const UPLOAD_LIFE_HOURS = 24;
export const MAX_ANNOUNCED_FILES = 1000;
const BYTES_PER_MB = 1_000_000;

const RAW_EXTENSIONS = new Set(
  '3fr arw cr2 cr3 crw dcr dng erf iiq kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f'.split(
    ' ',
  ),
);
const VIDEO_EXTENSIONS = new Set('3gp avi m2ts m4v mkv mov mp4 mpeg mpg mts webm'.split(' '));
const HEIC_EXTENSIONS = new Set('heic heif hif avif'.split(' '));
const PHOTO_EXTENSIONS = new Set('jpg jpeg jpe jfif png webp'.split(' '));

/** What can be said of a file before its bytes travel; null when it may come. */
export function refuseByName(
  file: { fileName: string; sizeBytes: number },
  maxUploadMb: number,
): UploadRefusal | null {
  if (file.sizeBytes === 0) return 'empty';
  if (file.sizeBytes > maxUploadMb * BYTES_PER_MB) return 'too-large';
  const extension = /\.([a-z0-9]+)$/i.exec(file.fileName)?.[1]?.toLowerCase() ?? '';
  if (PHOTO_EXTENSIONS.has(extension)) return null;
  if (HEIC_EXTENSIONS.has(extension)) return 'heic';
  if (RAW_EXTENSIONS.has(extension)) return 'raw';
  if (VIDEO_EXTENSIONS.has(extension)) return 'video';
  return extension === 'svg' || extension === 'svgz' ? 'svg' : 'not-a-photo';
}

/** The last part of whatever path a browser sent, without control characters, at most 200 characters. */
export function cleanFileName(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  const printable = name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  return printable === '' ? 'photo' : printable.slice(-200);
}
