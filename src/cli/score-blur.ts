/** The chance that a blurred photo measures more blur than a sharp one, 0.5 (no use) .. 1; ties count half. */
export function areaUnderCurve(sharp: readonly number[], blurred: readonly number[]): number {
  const ranked = [
    ...sharp.map((value) => ({ value, isBlurred: false })),
    ...blurred.map((value) => ({ value, isBlurred: true })),
  ].sort((a, b) => a.value - b.value);
  let [sharpBelow, wins] = [0, 0];
  for (let at = 0; at < ranked.length; ) {
    let [sharpHere, blurredHere] = [0, 0];
    const value = ranked[at]?.value;
    for (; at < ranked.length && ranked[at]?.value === value; at++) {
      if (ranked[at]?.isBlurred) blurredHere += 1;
      else sharpHere += 1;
    }
    wins += blurredHere * (sharpBelow + sharpHere / 2);
    sharpBelow += sharpHere;
  }
  return wins / (sharp.length * blurred.length);
}
