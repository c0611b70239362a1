/** From how many photos on the price is that of all of them; 0 when so few never reach it. `climbCents`: of 1, 2, … photos. */
export function countUntilCap(climbCents: number[], allPhotosCents: number): number {
  return climbCents.findIndex((cents) => cents >= allPhotosCents) + 1;
}
