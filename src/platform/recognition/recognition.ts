/** Upright JPEG, long side at most 4096 px, under 4,000,000 bytes. */
export interface Jpeg {
  bytes: Uint8Array;
  widthPx: number;
  heightPx: number;
}

/** Normalised to the image, origin top left, 0..1. */
export interface RecognisedBox {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface RecognisedWord {
  text: string;
  /** The recogniser's own, 0..1. */
  confidence: number;
  /** Corners of the text, normalised; three or more, of a possibly turned rectangle. */
  outline: { x: number; y: number }[];
}

export interface RecognisedLine extends RecognisedWord {
  /** Its parts from left to right. */
  words: RecognisedWord[];
}

export interface RecognisedFace {
  box: RecognisedBox;
  /** That it is a face, 0..1. */
  confidence: number;
  /** Probability of a smile; null when the recogniser does not say. */
  smile: number | null;
}

export interface IndexedFace extends RecognisedFace {
  faceId: string;
}

export interface FaceMatch {
  faceId: string;
  /** The photo under which the face was indexed. */
  photoId: string;
  /** 0..1, the recogniser's own: not a probability. */
  similarity: number;
}

export interface RecognisedLabel {
  /** In the recogniser's own English words, such as `Bicycle`. */
  name: string;
  /** 0..1. */
  confidence: number;
  /** One box per thing, where the recogniser can tell them apart. */
  boxes: RecognisedBox[];
}

export type RecognitionOperation =
  | 'detect-text'
  | 'detect-faces'
  | 'index-faces'
  | 'search-faces'
  | 'detect-labels';

/**
 * A recogniser outside of this machine. Every call throws DomainError: 'unavailable' when it is throttled, away or answers
 * nonsense (try later; never the same as an empty answer), 'bad-input' when it refuses the image. Smaller
 * pictures than it takes give an empty answer without a call.
 */
export interface Recognition {
  readonly name: 'rekognition';
  /** Of the shorter side. */
  readonly leastSidePx: number;
  detectText(jpeg: Jpeg): Promise<RecognisedLine[]>;
  detectFaces(jpeg: Jpeg): Promise<RecognisedFace[]>;
  /** Biometric, for events whose face mode allows it. The collection is made when it is not there. Twice adds twice. */
  indexFaces(eventId: string, photoId: string, jpeg: Jpeg): Promise<IndexedFace[]>;
  /** By the largest face of the picture, best first; empty without a face or a collection. */
  searchFacesByImage(
    eventId: string,
    jpeg: Jpeg,
    wish: { leastSimilarity: number; limit: number },
  ): Promise<FaceMatch[]>;
  /** From `leastConfidence` (0..1) up. */
  detectLabels(jpeg: Jpeg, leastConfidence: number): Promise<RecognisedLabel[]>;
  /** Every face indexed under these photos, also those of a run that was killed before its end. Safe to run twice. */
  deleteFaces(eventId: string, photoIds: readonly string[]): Promise<void>;
  /** All faces of the event. Safe to run twice. */
  deleteCollection(eventId: string): Promise<void>;
  /** Seconds until calls are let through again; 0 while they are. */
  pausedSeconds(): number;
  hasCredentials(): Promise<boolean>;
}
