import type { EventRow } from './event.ts';

/**
 * The one gate before anything biometric of an event is computed or kept at an instant. False for children's events and
 * for every mode whose ground is not on record: the modes 'own-browser' and 'consented' compute nothing here, the first
 * because a browser does it, the second because no consent is recorded yet. An index needs an end that has not come.
 */
export function mayComputeFaces(
  event: Pick<EventRow, 'faceMode' | 'faceModeEndsAt' | 'hasMinors'>,
  now: Date,
): boolean {
  if (event.hasMinors || event.faceMode !== 'full-index') return false;
  return event.faceModeEndsAt !== null && now < event.faceModeEndsAt;
}
