import { createEnginePool, type EnginePool } from '#vision/engine-pool.ts';
import type { AnalyseOptions } from '#vision/findings.ts';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';
import { findChildren } from '../../tests/processes/find-children.ts';
import { cpuSecondsOf, residentMb } from './cpu.ts';
import { type Figure, type Measure, median, statedFigure } from './figure.ts';

const PHOTOS = 5000;
/** Until here models, code and arenas of memory are still being filled. */
const SETTLED_AFTER = 500;
const LOOK_EVERY = 100;
/** The middle of so many looks, because a garbage collection may lie between two. */
const LOOKS = 5;
const DISTINCT = 100;
const MOST_GROWTH_MB = 50;

/** All that a photo can be asked. */
const everything: AnalyseOptions = {
  bibs: {},
  quality: true,
  faces: true,
  labels: true,
  crops: true,
  edit: true,
  renditions: { mark: { seed: 'bench' } },
};

export const engineMemory: Measure = {
  name: 'engine-memory',
  about: `resident memory of one engine process over ${PHOTOS} small photos, asked for everything`,
  async run() {
    const photos = await drawPhotos();
    const pool = createEnginePool({ lanes: 1 });
    try {
      const warmMs = await timeOf(() => pool.ready());
      const [pid] = findChildren(process.pid);
      if (pid === undefined) throw new Error('the engine did not start');
      const warmCpu = cpuSecondsOf(pid);
      const resident = await readAll(pool, pid, photos);
      return [
        statedFigure({ title: 'Engine ready, CPU', unit: 's', target: null }, warmCpu),
        statedFigure({ title: 'Engine ready, time', unit: 's', target: { atMost: 2 } }, warmMs / 1000),
        ...figuresOf(resident, cpuSecondsOf(pid) - warmCpu),
      ];
    } finally {
      await pool.close();
    }
  },
};

async function readAll(pool: EnginePool, pid: number, photos: Buffer[]): Promise<number[]> {
  const resident: number[] = [];
  for (let done = 0; done < PHOTOS; done += 1) {
    await pool.analysePhoto(photos[done % photos.length] ?? Buffer.alloc(0), everything);
    if ((done + 1) % LOOK_EVERY > 0) continue;
    if (!findChildren(process.pid).includes(pid)) throw new Error('the engine process was replaced');
    resident.push(residentMb(pid));
    if ((done + 1) % 500 === 0) {
      console.error(`  ${done + 1} photos: ${Math.round(resident.at(-1) ?? 0)} MB`);
    }
  }
  return resident;
}

function figuresOf(resident: number[], cpuSeconds: number): Figure[] {
  const first = SETTLED_AFTER / LOOK_EVERY;
  const early = median(resident.slice(first - 1, first - 1 + LOOKS));
  const late = median(resident.slice(-LOOKS));
  return [
    statedFigure({ title: 'CPU per small photo', unit: 'ms', target: null }, (cpuSeconds * 1000) / PHOTOS),
    statedFigure({ title: `Resident after ${SETTLED_AFTER} photos`, unit: 'MB', target: null }, early),
    statedFigure({ title: 'Most resident', unit: 'MB', target: null }, Math.max(...resident)),
    statedFigure(
      {
        title: `Growth from ${SETTLED_AFTER} to ${PHOTOS} photos`,
        unit: 'MB',
        target: { atMost: MOST_GROWTH_MB },
      },
      late - early,
    ),
  ];
}

/** Of different sizes and shapes, as the photos of several cameras are. */
function drawPhotos(): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: DISTINCT }, (_, index) => {
      const [widthPx, heightPx] =
        index % 3 === 0 ? [320, 480 + (index % 7) * 16] : [480 + (index % 5) * 32, 320];
      return drawPlainPhoto({ seed: `memory-${index}`, widthPx, heightPx, text: String(100 + index) });
    }),
  );
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
