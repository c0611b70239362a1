import { readdir } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';

/** Files meant as photos, those we cannot open included: a person wants to hear that they were left out. */
const photoExtensions = new Set(
  '.jpg .jpeg .jpe .png .webp .heic .heif .avif .gif .tif .tiff .bmp .dng .cr2 .cr3 .nef .arw .raf .orf .rw2'.split(
    ' ',
  ),
);
const maxPhotos = 200_000;

/** Paths relative to the folder, in the order a person expects (IMG_9 before IMG_10). Links are not followed. */
export async function listPhotos(folder: string, leaveOut: string): Promise<string[]> {
  const found: string[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined && found.length < maxPhotos; next = pending.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && resolve(path) !== leaveOut) pending.push(path);
      if (entry.isFile() && photoExtensions.has(extname(entry.name).toLowerCase()))
        found.push(relative(folder, path));
    }
  }
  const { compare } = new Intl.Collator('en', { numeric: true });
  return found.sort(compare);
}
