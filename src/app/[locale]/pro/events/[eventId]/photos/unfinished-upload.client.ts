const keyOf = (eventId: string) => `focus-racer/unfinished/${eventId}`;

/** How many files of an event were still on their way when the page was last left. */
export function readUnfinished(eventId: string): number {
  return Number(localStorage.getItem(keyOf(eventId)) ?? 0);
}

export function rememberUnfinished(eventId: string, count: number): void {
  if (count === 0) forgetUnfinished(eventId);
  else localStorage.setItem(keyOf(eventId), String(count));
}

export function forgetUnfinished(eventId: string): void {
  localStorage.removeItem(keyOf(eventId));
}
