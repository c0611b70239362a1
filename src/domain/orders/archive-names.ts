const MAX_NAME_LENGTH = 120;

/** Plain file names without folders, each once whatever the case, safe to unpack on every system. Same length and order as given. */
export function uniqueNames(fileNames: string[]): string[] {
  const taken = new Set<string>();
  return fileNames.map((fileName) => {
    const { stem, extension } = split(plainName(fileName));
    for (let copy = 1; ; copy += 1) {
      const name = copy === 1 ? `${stem}${extension}` : `${stem} (${copy})${extension}`;
      const key = name.normalize('NFC').toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return name;
    }
  });
}

/** The last part of a path, without what a file system or a terminal would read as more than a name. */
export function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const { stem, extension } = split(plain || 'photo');
  return `${stem.slice(0, MAX_NAME_LENGTH)}${extension}`;
}

function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length - dot > 6) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}
