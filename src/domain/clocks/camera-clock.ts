import type { Camera } from '../photos/tables.ts';
import type { CameraStay, cameraClocks } from './tables.ts';

/** What is needed to correct a camera. */
export type KnownClock = Pick<typeof cameraClocks.$inferSelect, 'offsetMs' | 'driftPpm' | 'driftFrom'>;

/** No camera is further off: one that was never set, or whose battery ran out, is so by decades. */
export const MOST_OFFSET_MS = 60 * 365 * 86_400_000;

/** What makers write where no serial number is. */
const NO_SERIAL = /^(?:0+|n\/?a|none|null|unknown|undefined)$/u;

/** One camera body within an event: its serial number, else its model within one organisation, whose photographers are
 *  then taken for one. Null when the file tells nothing. */
export function cameraKeyOf(camera: Camera | null, organisationId: string): string | null {
  const model = plain([camera?.make, camera?.model].filter(Boolean).join(' '));
  const serial = plain(camera?.bodySerial ?? '');
  if (serial !== '' && !NO_SERIAL.test(serial)) return `serial:${model}/${serial}`;
  return model === '' ? null : `model:${model}/${organisationId}`;
}

/** Make and model for people, the make once: "NIKON Z 9", not "NIKON CORPORATION NIKON Z 9". */
export function cameraLabelOf({ make, model, bodySerial }: Camera): string {
  const [maker = ''] = plain(make ?? '').split(' ');
  const isTwice = maker !== '' && plain(model ?? '').startsWith(maker);
  return [isTwice ? null : make, model].filter(Boolean).join(' ').trim() || (bodySerial ?? '');
}

/** When a photo was truly taken; null while its camera's clock is not known. */
export function trueTime(clock: KnownClock, takenAt: Date): Date | null {
  if (clock.offsetMs === null) return null;
  const sinceMs = clock.driftFrom === null ? 0 : takenAt.getTime() - clock.driftFrom.getTime();
  return new Date(Math.round(takenAt.getTime() + clock.offsetMs + (clock.driftPpm / 1e6) * sinceMs));
}

/** The checkpoint or photo spot where a camera stood when its clock said `takenAt`; a person's word goes first. */
export function placeAt(clock: { stays: CameraStay[] }, takenAt: Date): string | null {
  const at = takenAt.getTime();
  const there = clock.stays.filter(
    ({ from, until }) =>
      (from === null || Date.parse(from) <= at) && (until === null || at < Date.parse(until)),
  );
  return (there.find(({ source }) => source === 'hand') ?? there[0])?.placeId ?? null;
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/gu, ' ').slice(0, 120);
}
