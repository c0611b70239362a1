import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SPOTS } from './draw-cameras.ts';
import { checkpointsOf } from './draw-timing.ts';
import { whoIsOn } from './score-attribution.ts';
import type { SimulatedEvent } from './simulate-event.ts';

/** The event begins then, by its own clock: cameras and tables of times know no zone. */
const beginMs = Date.UTC(2026, 5, 14, 8);
const familyNames = [
  'Martin',
  'Bernard',
  'Dubois',
  'Robert',
  'Richard',
  'Petit',
  'Durand',
  'Leroy',
  'Moreau',
  'Simon',
];
const firstNames = [
  'Camille',
  'Dominique',
  'Claude',
  'Sacha',
  'Maxime',
  'Alix',
  'Lou',
  'Charlie',
  'Noa',
  'Eden',
];

/** Files to import, and who is on which photo. Names are made up from the bib: nobody is meant. */
export async function writeEvent(
  event: SimulatedEvent,
  { out, seed }: { out: string; seed: number },
): Promise<void> {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'start-list.csv'), startList(event));
  await writeFile(join(out, 'passages.csv'), passages(event));
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(truth(event, seed))}\n`);
}

function startList({ field }: SimulatedEvent): string {
  const rows = field.races.flatMap(({ name, bibs }) =>
    field.startList
      .filter((bib) => Number(bib) >= bibs.from && Number(bib) <= bibs.to)
      .map((bib) => [
        bib,
        named(familyNames, Number(bib)),
        named(firstNames, Number(bib) / familyNames.length),
        name,
      ]),
  );
  return csv([['Dossard', 'Nom', 'Prénom', 'Course'], ...rows]);
}

function named(names: readonly string[], number: number): string {
  return names[Math.floor(number) % names.length] ?? '';
}

function passages({ field, passages: all }: SimulatedEvent): string {
  const rows = all.map(({ bib, race, km, atMs }) => {
    const { name = '', km: length = 0 } = field.races[race] ?? {};
    const [day = '', time = ''] = wallClock(atMs).split('T');
    return [bib, name, pointOf(km, length), day, time];
  });
  return csv([['Dossard', 'Course', 'Point', 'Date', 'Heure de passage'], ...rows]);
}

function pointOf(km: number, length: number): string {
  return ['Départ', 'Mi-course', 'Arrivée'][checkpointsOf(length).indexOf(km)] ?? `km ${km}`;
}

function truth({ series }: SimulatedEvent, seed: number) {
  return {
    simulated: true,
    seed,
    cameras: series.map(({ camera, bursts }) => ({
      camera: camera.key,
      spot: SPOTS[camera.spot]?.name,
      clockErrorMs: camera.clockErrorMs,
      driftPpm: camera.driftPpm,
      photos: bursts.flatMap((burst, index) =>
        burst.map(({ frame, trueMs, pictured }) => ({
          photo: frame.photoId,
          burst: index,
          takenAt: wallClock(frame.cameraAtMs ?? 0),
          trulyAt: wallClock(trueMs),
          runners: [...whoIsOn(pictured).wanted],
          read: frame.reads.map(({ bib, kind, confidence }) => ({ bib, kind, confidence })),
        })),
      ),
    })),
  };
}

/** YYYY-MM-DDTHH:MM:SS.mmm */
function wallClock(ms: number): string {
  return new Date(beginMs + ms).toISOString().slice(0, -1);
}

function csv(rows: readonly string[][]): string {
  return rows.map((row) => `${row.join(';')}\r\n`).join('');
}
