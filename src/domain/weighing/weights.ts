/** Every figure the weighing rests on. Those marked "fitted" come from simulated events of other seeds than the reported ones
 *  (docs/attribution.md says how and which); the others from measurements on photos or from what they mean. */
export const WEIGHTS = {
  /** Log-odds of a read's own confidence, from what was right on labelled photos: slope and constant. */
  readSlope: 1,
  readConstant: 0.6,
  /** However clear, a read is wrong now and then. */
  mostReadProbability: 0.998,
  /** A cut number reads its visible digits rightly so often. */
  partialRight: 0.85,
  /** A whole number that shows no sign of it is a piece of a longer one, or of another one by one digit. */
  unseenDigit: 0.004,
  misreadDigit: 0.4,
  /** Later reads of one body share folds and hands with the first: what each is worth of its log-odds. Fitted. */
  laterRead: 0.5,

  /** Share of bodies who are nobody of the start list: spectators, marshals, false alarms of the detector. */
  nobody: 0.08,
  /** The same where a number was read. */
  unlistedWearer: 0.03,
  /** A runner stays before the lens for so long, s, and is then on a photo so often at most. */
  visibleSeconds: 3,
  mostVisible: 0.8,
  /** Depth of the picture: how far, s, one deviation, a runner is from the spot itself. */
  depthSeconds: 1.2,
  /** Runners who pass without a passage, and passages that are wrong by far. */
  passageGap: 0.03,
  passageOutlier: 0.01,
  /** Share of the runners of one body's log-odds when their number is on no list. */
  unlistedBib: 0.5,
  mostUnlisted: 0.9,

  /** Deviation of L*a*b* of one runner's clothes from photo to photo, of all runners' clothes, and how often they change. */
  clothingWithin: 9,
  clothingBetween: [24, 14, 16] as readonly [number, number, number],
  clothingChanged: 0.1,

  /** A body moves by its own height in so many seconds (one deviation), shakes by so much, and grows by so much. */
  motionPerSecond: 0.6,
  motionShake: 0.08,
  growthPerSecond: 0.35,
  growthShake: 0.08,
  /** Clothes from frame to frame of a burst. */
  clothingNextFrame: 6,
  /** A body of one frame is not found on the next so often. */
  lostNextFrame: 0.15,
  /** Frames further apart than this, s and count, say nothing of each other. */
  mostNeighbourSeconds: 4,
  mostNeighbourFrames: 6,
  /** Even a certain link may be two runners who crossed. Fitted. */
  mostLink: 0.995,

  /** Below this nobody is named. */
  leastProbability: 0.02,
  /** A person's word, as log-odds. */
  personWord: 12,
} as const;
