import type { Scene } from './open-scene.ts';
import type { Evidence } from './scene.ts';

/** What a body of another frame shows of a runner, for people: see `tellEvidence`. Null when there is no such body. */
export function seenBeside(
  { burst, bodies }: Scene,
  index: number,
  { frame, row, bib, link }: { frame: number; row: number; bib: string; link: number },
): Evidence['values'] | null {
  const [own, other] = [burst.frames[index], burst.frames[frame]];
  const body = bodies[frame]?.[row];
  if (!own || !other || !body) return null;
  const support = body.reads.find(({ byBib }) => byBib.has(bib));
  const isConfirmed = other.decisions.some((one) => one.bib === bib && one.decision === 'confirmed');
  const seconds: Evidence['values'] =
    other.cameraAtMs === null || own.cameraAtMs === null
      ? {}
      : { secondsApart: toHundredths((other.cameraAtMs - own.cameraAtMs) / 1000) };
  const seen: Evidence['values'] = support ? { seen: support.pattern?.seen ?? support.read.bib } : {};
  const read = isConfirmed ? 'confirmed' : (support?.read.kind ?? 'none');
  const values = { photoId: other.photoId, framesApart: frame - index, ...seconds, ...seen };
  return { ...values, read, link: toHundredths(link) };
}

export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
