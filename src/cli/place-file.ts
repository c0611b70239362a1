import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';

const maxNamesTried = 100;

/** Two photos of one name in two folders must not meet. */
export function flatName(file: string): string {
  return file === basename(file) ? file : file.replaceAll(/[\\/]/g, '__');
}

/** Creates the file under this name, or finds it there with the same bytes, or takes the next free name. */
export async function placeFile(
  path: string,
  bytes: Uint8Array,
  create: (path: string) => Promise<void>,
): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const { dir, name, ext } = parse(path);
  for (let attempt = 1; attempt <= maxNamesTried; attempt++) {
    const candidate = attempt === 1 ? path : join(dir, `${name}-${attempt}${ext}`);
    try {
      await create(candidate);
      return candidate;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      if ((await readFile(candidate)).equals(bytes)) return candidate;
    }
  }
  throw new Error(`no free name for ${path}`);
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
