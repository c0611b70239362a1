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
  | 'amount'
  | 'number-plate'
  | 'small-number'
  | 'tilt'
  | 'shape'
  | 'too-many-digits'
  | 'single-digit'
  | 'partial'
  | 'duplicate'
  | 'not-in-start-list';

/** Which digits of a number that goes on out of sight can be seen: its first ones, its last ones, or some in between. */
export type VisibleSide = 'first' | 'last' | 'middle';

/** What the probability of a read rests on. */
export interface ReadSigns {
  /** Likelihood, 0..1, of the reading of the line that says it best. */
  best: number;
  /** Mean likelihood of all readings of the line as a share of the best, 0..1. */
  agreement: number;
  /** Height of the digits as a share of the tallest clear number of the photo, 0..1. */
  relativeHeight: number;
}

/** CIE L*a*b* of daylight (D65). */
export type Lab = [l: number, a: number, b: number];

/** What digits are printed on, and with. */
export interface Plate {
  background: Lab;
  ink: Lab;
}

/** One number seen in a photo. */
export interface BibRead {
  bib: string;
  /** Probability 0..1 that exactly this bib is there. */
  confidence: number;
  /** Axis-aligned box of the digits. */
  box: BoxNorm;
  /** Clockwise tilt of the digits' base line. */
  tiltDegrees: number;
  /** `sure` may be published, `guess` is for review, `dropped` is kept for the explanation only. */
  kind: 'sure' | 'guess' | 'dropped';
  reason?: BibDropReason;
  /** Set when only a part of the number is visible: `bib` is then that part, at most a guess, and needs a second clue. */
  partial?: VisibleSide;
  signs?: ReadSigns;
  plate?: Plate;
  /** Other bibs that the same digits may be, most probable first. */
  alternatives?: { bib: string; probability: number }[];
  /** Everything the recogniser read there, before digits were picked. */
  text: string;
  /** What the pixels alone said, where a start list, ranges or the event's style changed it: judged again from here. */
  plain?: { bib: string; confidence: number; reason?: BibDropReason };
  /** Base64 of steps × 11 bytes (blank, 0..9; 255 = certain), one part per reading of the line, joined by full stops:
   *  enough to decode again against a start list. */
  digitProbabilities: string;
}

/** Mean colours of what a body wears, the bib left out. Short-lived: it tells runners of one day apart, nobody from another. */
export interface Clothing {
  upper: Lab;
  /** Null when the legs are out of the picture. */
  lower: Lab | null;
}

/** A whole or partly visible human body. Says that somebody is there, never who. */
export interface PersonFinding {
  box: BoxNorm;
  /** Probability 0..1. */
  confidence: number;
  clothing?: Clothing;
}

/** How much can be built on a face. */
export interface FaceQuality {
  /** Shorter side of its box in pixels of the upright original. */
  sizePx: number;
  /** 0 (nothing sharp) .. 1 (crisp). */
  sharpness: number;
  /** 0 frontal .. 90 profile, from the landmarks. */
  yawDegrees: number;
  /** 0..1, of the three above: what a comparison may rely on. */
  score: number;
}

/** Biometric: computed only when the event's face mode asks for it, and never logged. */
export interface FaceFinding {
  box: BoxNorm;
  /** Of the detector, 0..1. */
  confidence: number;
  /** Base64 of 128 little-endian float32, as the network gave them: unpack and compare with faces/compare-faces.ts. */
  descriptor: string;
  quality: FaceQuality;
  /** Probability of a smile; null for faces that are too small to tell. */
  smile: number | null;
  /** The read on the same body, when there is one. */
  bib?: string;
}

/** What a picture of one person, given to be found by, says. Without a face: nobody on it, several people of whom none
 *  stands out, or a face too small, blurred or turned away to compare. Biometric: never stored, never logged. */
export type SelfieFinding =
  | { found: true; descriptor: string; quality: FaceQuality }
  | { found: false; reason: 'no-face' | 'several-faces' | 'unclear' };

/** Labels are on the photo, never on a person. */
export type LabelName =
  | 'person'
  | 'group'
  | 'crowd'
  | 'bicycle'
  | 'finish'
  | 'podium'
  | 'smile'
  | 'portrait'
  | 'landscape';

export interface LabelFinding {
  name: LabelName;
  /** Probability 0..1. */
  confidence: number;
}

export type CropShape = '1:1' | '4:5' | '9:16' | '16:9';

/** Where to cut so that the main subject stays whole. Boxes of the upright image. */
export type SmartCrops = Record<CropShape, BoxNorm>;

/** What would improve a photo. Applying it to an original gives a new file; the original stays. */
export interface EditPlan {
  /** Clockwise, -5..5. */
  rotateDegrees: number;
  /** Factors of red, green and blue in linear light. */
  whiteBalance: [number, number, number];
  /** In stops, -2..2. */
  exposureStops: number;
  /** Slope of the tone curve at middle grey; 1 leaves it. */
  contrast: number;
  /** False when the change would hardly be seen: then nothing should be done. */
  worthwhile: boolean;
}

/** The parts of a quality score, each 0..1 with 1 best. */
export interface QualityParts {
  sharpness: number;
  exposure: number;
  horizon: number;
}

export interface Quality {
  /** 0..100, higher is better. */
  score: number;
  parts: QualityParts;
  /** Clockwise tilt of the horizon; null when none is seen. */
  horizonDegrees: number | null;
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
  /** 16 hex digits; photos of nearly the same picture differ in few of its 64 bits. */
  perceptualHash?: string;
  /** What the QR code of our clock page says, where the photo shows one: an instant, ISO 8601 in UTC. */
  clockCode?: string;
  quality?: Quality;
  /** `sure` and `guess`, best first. Absent when bibs were not asked for. */
  bibs?: BibRead[];
  dropped?: BibRead[];
  /** Each absent when it was not asked for. */
  persons?: PersonFinding[];
  faces?: FaceFinding[];
  labels?: LabelFinding[];
  crops?: SmartCrops;
  edit?: EditPlan;
  renditions?: Renditions;
  /** Without a mark: for the photographer's own eyes. */
  miniature?: Rendition;
  /** JPEG under 4 MB, long side at most 4096 px, for an outside recogniser: never stored. */
  recognitionJpeg?: Rendition;
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

/** What the bibs of an event look like, learnt from its sure reads. */
export interface EventStyle {
  plates: Plate[];
}

export interface BibOptions {
  /** Every bib of the race, as strings. With it, numbers outside the list are at most guesses. */
  startList?: readonly string[];
  /** Inclusive; used when there is no start list. */
  bibRanges?: readonly { from: number; to: number }[];
  style?: EventStyle;
}

/** Each part is done only when asked for; all parts share one decode. */
export interface AnalyseOptions {
  renditions?: { mark: WatermarkOptions };
  miniature?: { longSidePx: number };
  /** Asked for instead of `bibs` when somebody else reads. */
  recognitionJpeg?: boolean;
  bibs?: BibOptions;
  quality?: boolean;
  /** Only where the event's face mode allows it. */
  faces?: boolean;
  labels?: boolean;
  crops?: boolean;
  edit?: boolean;
}
