export type PhotoState = 'received' | 'prepared' | 'ready' | 'failed';
export type RenditionKind = 'web' | 'preview' | 'thumbnail';
/** The size that buyers have for screens, sold or given by a sponsor whose name it bears: a JPEG, made when first needed. */
export type WebCopyKind = 'sold-web' | 'sponsored-web';
/** What is stored of a photo: as the camera saw it, and by its edit. */
export type StoredKind = RenditionKind | WebCopyKind | `edited-${RenditionKind | WebCopyKind}`;
/** What may be asked for: a rendition as the photo is shown now, or one side of the comparison. */
export type AskedKind = RenditionKind | 'plain-preview' | 'edited-preview';

/** received: bytes are safe. prepared: renditions exist. ready: read and, in a published event, visible. */
const transitions: Record<PhotoState, readonly PhotoState[]> = {
  received: ['prepared', 'failed'],
  prepared: ['ready', 'failed'],
  ready: [],
  failed: ['received'],
};

export function canMovePhoto(from: PhotoState, to: PhotoState): boolean {
  return transitions[from].includes(to);
}

/** A photo as galleries show it. Addresses are those of the marked renditions. */
export interface GalleryPhoto {
  id: string;
  eventId: string;
  /** Of the upright original. */
  widthPx: number;
  heightPx: number;
  /** Mean colour, #rrggbb. */
  tone: string;
  takenAt: Date | null;
  /** The published tags. */
  bibs: string[];
  thumbnailUrl: string;
  previewUrl: string;
  /** Names given by photographers stay private. */
  fileName: null;
}

/** A photo that stands for its stack in a gallery. */
export interface LeadPhoto extends GalleryPhoto {
  /** Ids of the other visible frames of the stack, in the order of the gallery. */
  others: string[];
}

/** A photo as its owner sees it. */
export interface OwnPhoto
  extends Omit<GalleryPhoto, 'fileName' | 'widthPx' | 'heightPx' | 'thumbnailUrl' | 'previewUrl'> {
  fileName: string;
  state: PhotoState;
  failureReason: string | null;
  sizeBytes: number;
  /** Null until the photo was opened. */
  widthPx: number | null;
  heightPx: number | null;
  /** Null until the renditions exist. */
  thumbnailUrl: string | null;
  previewUrl: string | null;
  camera: string | null;
  qualityScore: number | null;
  blurry: boolean | null;
  doubtful: boolean;
  /** Shown by its edit. */
  edited: boolean;
  shownVersion: number;
  receivedAt: Date;
}

/** The address of a marked rendition as it is shown; another one whenever other pixels are. */
export function renditionUrl(photoId: string, kind: 'preview' | 'thumbnail', shownVersion = 0): string {
  return `/media/${photoId}/${kind}.webp${shownVersion > 0 ? `?v=${shownVersion}` : ''}`;
}

/** The addresses at which the owner alone sees a photo before and after its edit, whichever is shown. */
export function comparisonUrls(photoId: string, shownVersion: number): { before: string; after: string } {
  const address = (name: string) => `/media/${photoId}/${name}-preview.webp?v=${shownVersion}`;
  return { before: address('plain'), after: address('edited') };
}
