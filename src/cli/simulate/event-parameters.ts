/** What a simulated event is like. "Measured" comes from the labelled photos of docs/vision.md; the rest are our assumptions, each said
 *  in docs/attribution.md. */
export const PARAMETERS = {
  /** Share of the field, length, pace (seconds per km) and its deviation. */
  races: [
    { name: '21 km', share: 0.4, km: 21, paceSeconds: 345, paceDeviation: 48 },
    { name: '10 km', share: 0.45, km: 10, paceSeconds: 340, paceDeviation: 55 },
    { name: '5 km', share: 0.15, km: 5, paceSeconds: 375, paceDeviation: 65 },
  ],
  /** A wave of so many leaves every so many seconds; on the narrow start so many cross the line per second. */
  wave: { runners: 800, everySeconds: 300, crossPerSecond: 8 },
  betweenRacesSeconds: 2400,
  /** Runs with somebody from start to finish, give or take so many seconds. */
  company: { share: 0.15, seconds: 1 },
  /** Pace of one km against the runner's own, and how much slower the last km is than the first. */
  kmNoise: 0.03,
  tired: 0.04,
  didNotFinish: 0.02,
  noShow: 0.04,

  /** No chip at all; a checkpoint that missed it; two runners with each other's chip; late entries on no list. */
  timing: { noChip: 0.01, missed: 0.02, exchanged: 0.005, precisionMs: 100 },
  lateEntry: 0.005,
  withoutBib: 0.01,

  /** Wrong by minutes, an hour (winter time) or a day; drift in parts per million. */
  clock: { minutesDeviation: 4, wrongHour: 0.2, wrongDay: 0.05, driftPpm: 12 },
  /** A photographer lets some pass, and is busy for a while after a burst. */
  shooting: { takes: 0.9, busySeconds: [0.8, 2.6], frames: 6, goesOn: 0.66, spacings: [0.16, 0.3, 0.85] },

  /** Metres. The photographer stands beside the road and looks across it, so that runners leave the picture as they come near. The
   *  field of view is .4 × the distance wide; runners of 1.75 m at 12 m fill .55 of the height. */
  lens: {
    focus: 12,
    beside: 3.5,
    widthPerMetre: 0.4,
    nearest: 5,
    farthest: 45,
    subjectNear: 7,
    subjectFar: 20,
    road: 2.2,
  },
  /** The photographer presses when the first one is about here, metres from focus. */
  pressAt: { mean: 0.5, deviation: 1.5 },
  cameraShake: 0.015,

  /** Bodies of a quarter of the height and more (measured: recall .94, precision .95); boxes are exact to so much of their size. */
  detector: { recall: 0.94, smallRecall: 0.6, coveredRecall: 0.5, falseAlarms: 0.05, boxNoise: 0.025 },
  /** Spectators and marshals beside the road at a spot, each on a frame with this probability. */
  bystanders: { perSpot: 3, onFrame: 0.15 },

  /** Number under a jacket, on the back or missing, all race long; at one place; and on single frames, which hang together. */
  hidden: { allRace: 0.02, atSpot: 0.04, frame: 0.13, half: 0.09, sameAsBefore: 0.5 },
  /** Deviations of one L*a*b* axis: light of a place (assumed), and from photo to photo of one runner (measured: 6.2, 4.4, 5.7 on
   *  73 pairs, with outliers). Everybody wears the event's own shirt or changes clothes at these rates (assumed). */
  clothing: {
    eventShirt: 0.15,
    changed: 0.05,
    place: 4,
    frame: [6.2, 4.4, 5.7],
    outlier: 0.08,
    outlierFactor: 3,
  },
} as const;
