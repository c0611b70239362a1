import type { RecognitionOperation } from '#platform/recognition/recognition.ts';

/**
 * Millionths of a dollar per call. List price of Rekognition Image, both groups, first million images a month, read on
 * 2026-10-07 at aws.amazon.com/rekognition/pricing: an upper bound, larger volumes cost less.
 */
export const MICRO_DOLLARS_PER_CALL: Readonly<Record<RecognitionOperation, number>> = {
  'detect-text': 1000,
  'detect-labels': 1000,
  'detect-faces': 1000,
  'index-faces': 1000,
  'search-faces': 1000,
};
