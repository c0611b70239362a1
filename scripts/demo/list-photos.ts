import { fork } from 'node:child_process';
import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planDemoEvent } from './demo-event.ts';

/** Paths of the demo's photos as they become ready; drawn at the first start, kept for the next ones. */
export async function* listDemoPhotos(folder: string): AsyncGenerator<string> {
  const names = planDemoEvent().shots.map((shot) => shot.name);
  const drawn = names.filter((name) => existsSync(join(folder, name)));
  if (drawn.length === names.length) {
    for (const name of names) yield join(folder, name);
    return;
  }
  const artist = fork(fileURLToPath(new URL('./draw-photos.ts', import.meta.url)), [folder], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = new AbortController();
  artist.once('exit', () => ended.abort());
  let count = 0;
  try {
    for await (const [message] of on(artist, 'message', { signal: ended.signal })) {
      yield join(folder, basename(message.path));
      count += 1;
      if (count === names.length) return;
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
    if (count < names.length) throw new Error('the demo photos could not be drawn', { cause: error });
  } finally {
    artist.kill();
  }
}
