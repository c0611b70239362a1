/** An event's photos are uploaded, weighed and looked through within weeks of it; later, what somebody wore helps nobody. */
const CLOTHING_DAYS = 30;

/** What was seen before is to be gone. */
export function clothingEnds(now: Date): Date {
  return new Date(now.getTime() - CLOTHING_DAYS * 86_400_000);
}
