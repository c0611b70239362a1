/** Measured on 217 race photos where the same bib means the same runner: at .45, 65 % of pairs are found with 1 wrong in
 *  10,000; at .50, 77 % with 1 in 1,000. The .60 that is published with the network links strangers. docs/vision.md */
export const faceThresholds = {
  /** Up to this distance two faces are the same person, with a bib or a time that does not contradict. */
  sameDistance: 0.45,
  /** Up to this one they probably are: to be shown, never to be linked. */
  probableDistance: 0.52,
  /** Average linkage: pairs of 43 people were all right, and 99 % of them found. */
  clusterDistance: 0.55,
  /** Shorter side in pixels. Smaller faces are not described: nothing could be built on them. */
  leastSizePx: 35,
  /** Blurred faces look alike: below this score strangers on race photos come nearer than `sameDistance` six times as often
   *  or more, so that these are not described either. */
  leastScore: 0.4,
  leastSmileSizePx: 45,
  /** From here on 17 of 18 runners really smile; read-smile.ts. */
  smile: 0.8,
} as const;
