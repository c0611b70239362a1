import { readFile } from 'node:fs/promises';
import { createEnginePool } from '#vision/engine-pool.ts';
import { bigPhotos } from './big-photos.ts';
import { startChild } from './child.ts';
import { compareRounds, type Measure, playRounds } from './figure.ts';

export const renditions: Measure = {
  name: 'renditions',
  about:
    'CPU of one photo without reading: the engine, beside one decode and the same three encodes by bare sharp',
  async run() {
    const paths = await bigPhotos();
    const photos = await Promise.all(paths.map((path) => readFile(path)));
    await using floor = startChild('./sharp-process.ts');
    const pool = createEnginePool({ lanes: 1 });
    const options = { renditions: { mark: { seed: 'bench' } } };
    const play = {
      floor: () => sum(paths, async (path) => (await floor.ask({ verb: 'renditions', path })).cpuMs ?? 0),
      subject: () => sum(photos, async (bytes) => (await pool.analysePhoto(bytes, options)).cpuMs),
    };
    try {
      // A first pass loads code and fills heaps on both sides.
      await playRounds(play, 1);
      const rounds = await playRounds(play);
      const known = { title: 'Renditions, 24 Mpixel', unit: 'CPU ms per photo', target: { atMost: 1.25 } };
      return [compareRounds(known, perPhoto(rounds, paths.length))];
    } finally {
      await pool.close();
    }
  },
};

async function sum<Item>(items: readonly Item[], cost: (item: Item) => Promise<number>): Promise<number> {
  let total = 0;
  for (const item of items) total += await cost(item);
  return total;
}

function perPhoto(rounds: { floor: number; subject: number }[], photos: number) {
  return rounds.map(({ floor, subject }) => ({ floor: floor / photos, subject: subject / photos }));
}
