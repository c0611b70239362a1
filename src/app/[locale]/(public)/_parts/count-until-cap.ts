/** From how many photos on the price is that of all of them. */
export function countUntilCap(photoPriceCents: number, allPhotosPriceCents: number): number {
  return photoPriceCents > 0 ? Math.max(1, Math.ceil(allPhotosPriceCents / photoPriceCents)) : 1;
}
