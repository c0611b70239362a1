/** Every figure the weighing rests on. Those marked "fitted" come from simulated events of other seeds than the reported ones
 *  (docs/attribution.md says how and which); the others from measurements on photos or from what they mean. */
export const WEIGHTS = {
  /** Log-odds of a read's own confidence, from what was right on labelled photos: slope and constant. */
  readSlope: 1,
  readConstant: 1.6,
  /** However clear, a read is wrong now and then. */
  mostReadProbability: 0.998,
  /** A cut number reads its visible digits rightly so often. */
  partialRight: 0.85,
  /** A whole number that shows no sign of it is a piece of a longer one, or of another one by one digit. */
  unseenDigit: 0.004,
  misreadDigit: 0.4,
  /** Later reads of one body share folds and hands with the first: what each is worth of its log-odds. Fitted. */
  laterRead: 0.5,

  /** Bodies who are nobody of the start list: so many spectators and marshals on a photo, and so many for each runner. */
  bystanders: 0.25,
  nobody: 0.05,
  /** The same where a number was read. */
  unlistedWearer: 0.0165,
  /** A runner stays before the lens for so long, s, and is then on a photo so often at most. */
  visibleSeconds: 3.7,
  mostVisible: 0.95,
  /** Who is small is far, and comes later: seconds per 1/height, and the height, as a share of the picture, of those at the spot;
   *  one deviation of both before a burst tells more, and what is left when all is known. */
  depth: { seconds: 2, atHeight: 0.5, secondsDeviation: 1, offsetDeviation: 1, rest: 0.6 },
  /** Runners who pass without a passage, and passages that are wrong by far. */
  passageGap: 0.055,
  passageOutlier: 0.0135,
  /** Share of the runners of one body's log-odds when their number is on no list. */
  unlistedBib: 0.5,
  mostUnlisted: 0.9,

  /** Deviation of L*a*b* of one look at a runner's clothes, of the light from place to place, and of all runners' clothes; how many looks
   *  are grossly wrong, what legs are worth beside the chest, and how often clothes are changed. */
  clothingWithin: [6.2, 4.4, 5.7],
  clothingLight: 5.5,
  clothingGross: 0.08,
  clothingLower: 0.75,
  clothingBetween: [17, 13, 17],
  clothingChanged: 0.055,

  /** From frame to frame a body moves by shares of its height and grows, one deviation: at once, and per second. */
  motionShake: 0.024,
  motionPerSecond: 0.05,
  growthShake: 0.045,
  /** Runners differ in pace by this share; a body that the picture cuts off has a guessed height. */
  paceSpread: 0.16,
  cutBody: 0.1,
  /** As much again where a body was guessed from its number. */
  guessedBody: 0.15,
  /** A body of one frame is not found on the next so often, and per second between them. */
  lostNextFrame: 0.2,
  lostPerSecond: 0.16,
  /** Frames further apart than this, s and count, say nothing of each other. */
  mostNeighbourSeconds: 4,
  mostNeighbourFrames: 6,
  /** Even a certain link may be two runners who crossed. Fitted. */
  mostLink: 0.995,

  /** Below this nobody is named. */
  leastProbability: 0.05,
  /** A person's word, as log-odds. */
  personWord: 25,
};
