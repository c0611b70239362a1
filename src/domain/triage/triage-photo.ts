import type { Evidence } from '#domain/weighing/scene.ts';
import type { BoxNorm } from '#vision/findings.ts';

/** Who runs with a bib. */
export interface TriageRunner {
  bib: string;
  name: string;
  raceName: string | null;
  /** #rrggbb */
  raceColour: string | null;
}

export interface TriageTag {
  bib: string;
  /** 0..1, by machines. */
  probability: number;
  /** On the photo as the camera saw it; null when nothing but a person's word says so. */
  box: BoxNorm | null;
  evidence: Evidence[];
  decision: 'confirmed' | 'rejected' | null;
  published: boolean;
  /** Between refused and published, and undecided. */
  doubtful: boolean;
  /** Bibs at the same place of the photo, of which one at most can be right. */
  rivals: string[];
  runner: TriageRunner | null;
}

/** A photo of the same burst, the photo itself among them. */
export interface TriageFrame {
  photoId: string;
  thumbnailUrl: string | null;
  tone: string;
  takenAt: Date | null;
  bibs: string[];
}

/** A photo that waits for a person's word, with all that helps to say it. */
export interface TriagePhoto {
  photoId: string;
  fileName: string;
  takenAt: Date | null;
  tone: string;
  widthPx: number;
  heightPx: number;
  /** As the camera saw it, which is what boxes belong to. */
  previewUrl: string;
  thumbnailUrl: string;
  part: 'doubtful' | 'unknown' | 'settled';
  tags: TriageTag[];
  reads: { bib: string; text: string; box: BoxNorm }[];
  persons: BoxNorm[];
  burst: TriageFrame[];
  /** To be sent back with a decision. */
  mark: string;
}
