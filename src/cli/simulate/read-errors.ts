/**
 * How numbers are read, as measured with `npm run evaluate` on the 237 labelled photos of docs/vision.md (392 legible bibs, 418
 * half hidden or unlabelled numbers, a start list of 500).
 */
export const READ_ERRORS = {
  /** Of 392 legible bibs: 383 sure and right, 2 as guesses, 7 not at all. Measured. */
  legible: { sure: 0.977, guess: 0.005 },
  /** Confidence of sure reads at ten even steps of their rank, lowest first. Measured. */
  sureConfidence: [0.97, 0.9975, 0.9985, 0.999, 0.9992, 0.9994, 0.9995, 0.9996, 0.9997, 0.9998],
  /** Without a list, the same. Measured: mean .993 above .95, five in a hundred below. */
  sureConfidenceAlone: [0.91, 0.975, 0.985, 0.99, 0.993, 0.995, 0.9965, 0.9975, 0.9985, 0.999],
  /** A sure read that names somebody else. Measured: 0 of 383, so at most 8 in 1,000; this is assumed. */
  sureButWrong: 0.001,
  /** Of 418 half hidden numbers 287 were not read, 99 guessed, 16 sure, 16 dropped. Measured. */
  half: { guess: 0.237, sure: 0.038, dropped: 0.038 },
  /** A sure read of a half hidden number that is a piece of it or another number. Assumed, after 3 of 16 that looked like pieces. */
  halfSureButWrong: 0.2,
  /** A guess of a half hidden number shows which side is seen, else it is the whole or a wrong number. Assumed. */
  halfGuess: { piece: 0.6, right: 0.25 },
  /** Guesses of nobody's number: 10 on 237 photos, never sure. Measured. */
  falseAlarmsPerPhoto: 0.042,
  guessConfidence: [0.05, 0.45],
} as const;
