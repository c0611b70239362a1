/** Everything the image engine says about a photo. Plain values only: they cross process borders and are stored. */

/** Normalised to the upright image, origin top left, 0..1. */
export interface BoxNorm {
  x: number;
  y: number;
  w: number;
  h: number;
}

export type PhotoFormat = 'jpeg' | 'png' | 'webp';

/** Why a photo gave no findings. The first group is the file's fault, the second is the engine's. */
export type PhotoFailureReason =
  | 'empty'
  | 'not-an-image'
  | 'unsupported-format'
  | 'too-many-pixels'
  | 'truncated'
  | 'corrupt'
  | 'crashed'
  | 'timed-out'
  | 'out-of-memory'
  | 'closed';

export const fileFaults: ReadonlySet<PhotoFailureReason> = new Set<PhotoFailureReason>([
  'empty',
  'not-an-image',
  'unsupported-format',
  'too-many-pixels',
  'truncated',
  'corrupt',
]);

/** Thrown by everything that decodes. `reason` is for programs, `message` for logs; neither is shown as it is. */
export class PhotoFailure extends Error {
  readonly reason: PhotoFailureReason;

  constructor(reason: PhotoFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PhotoFailure';
    this.reason = reason;
  }
}

/** What the camera wrote. Absent or nonsensical fields are null. Author fields are text from outside: escape them. */
export interface Capture {
  /** Camera-local wall clock, `YYYY-MM-DDTHH:MM:SS.mmm` without zone: cameras do not know theirs. */
  takenAtLocal: string | null;
  hasSubSecond: boolean;
  make: string | null;
  model: string | null;
  /** Identifies the camera body; private, never in a public file. */
  bodySerial: string | null;
  /** The camera's own frame counter, for bursts within one second. */
  sequence: number | null;
  /** EXIF orientation 1..8; the pixels and boxes we return are already upright. */
  orientation: number;
  colourProfile: string | null;
  author: string | null;
  copyright: string | null;
}

export type BibDropReason =
  | 'not-a-number'
  | 'unsure'
  | 'clock'
  | 'year'
  | 'distance'
  | 'small-number'
  | 'tilt'
  | 'shape'
  | 'too-many-digits'
  | 'single-digit'
  | 'partial'
  | 'duplicate'
  | 'not-in-start-list';

/** One number seen in a photo. */
export interface BibRead {
  bib: string;
  /** The engine's own, 0..1; not comparable between engines. */
  confidence: number;
  /** Axis-aligned box of the digits. */
  box: BoxNorm;
  /** Clockwise tilt of the digits' base line. */
  tiltDegrees: number;
  /** `sure` may be published, `guess` is for review, `dropped` is kept for the explanation only. */
  kind: 'sure' | 'guess' | 'dropped';
  reason?: BibDropReason;
  /** Everything the recogniser read there, before digits were picked. */
  text: string;
  /** Base64 of steps × 11 bytes (blank, 0..9; 255 = certain): enough to decode again against a start list. */
  digitProbabilities: string;
}

export interface Quality {
  /** 0..100, higher is better. */
  score: number;
  blurry: boolean;
  /** 0 (nothing sharp) .. 1 (crisp), measured on the subject when one was found. */
  sharpness: number;
  exposure: 'dark' | 'normal' | 'bright';
  /** Mean luminance 0..1. */
  brightness: number;
  /** Shares of pixels without detail, 0..1. */
  clippedShadows: number;
  clippedHighlights: number;
  measuredOn: 'subject' | 'whole';
}

export interface Rendition {
  bytes: Uint8Array;
  widthPx: number;
  heightPx: number;
}

/** WebP without metadata. `web` carries no mark and must never be public. */
export interface Renditions {
  web: Rendition;
  preview: Rendition;
  thumbnail: Rendition;
}

export interface PhotoAnalysis {
  /** Of the upright original. */
  widthPx: number;
  heightPx: number;
  format: PhotoFormat;
  capture: Capture;
  /** Mean colour, `#rrggbb`. */
  tone: string;
  /** A picture of at most 16 px as a data URI, to show while the thumbnail loads. */
  placeholder: string;
  quality?: Quality;
  /** `sure` and `guess`, best first. Absent when bibs were not asked for. */
  bibs?: BibRead[];
  dropped?: BibRead[];
  renditions?: Renditions;
  /** Without a mark: for the photographer's own eyes. */
  miniature?: Rendition;
  cpuMs: number;
  engine: EngineName;
}

export interface EngineName {
  name: string;
  version: string;
}

export interface WatermarkOptions {
  /** Moves the mark, so that photos of one series cannot be averaged to find it. Use the photo's id. */
  seed: string;
  /** An operator's own mark; the default is FOCUS RACER. */
  png?: Uint8Array;
}

export interface BibOptions {
  /** Every bib of the race, as strings. With it, numbers outside the list are at most guesses. */
  startList?: readonly string[];
  /** Inclusive; used when there is no start list. */
  bibRanges?: readonly { from: number; to: number }[];
}

/** Each part is done only when asked for; all parts share one decode. */
export interface AnalyseOptions {
  renditions?: { mark: WatermarkOptions };
  miniature?: { longSidePx: number };
  bibs?: BibOptions;
  quality?: boolean;
}
