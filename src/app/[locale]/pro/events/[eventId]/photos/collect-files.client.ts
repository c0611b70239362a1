const MAX_FILES = 20_000;
const SYSTEM_FILES = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);

/** Every file of what was dropped, folders opened, at most 20,000, system files left out. */
export async function collectDroppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return keepPhotoFiles([...transfer.files]);
  const files: File[] = [];
  for (const entry of entries) await collectEntry(entry, files);
  return keepPhotoFiles(files);
}

export function keepPhotoFiles(files: File[]): File[] {
  return files
    .filter((file) => !SYSTEM_FILES.has(file.name.toLowerCase()) && !file.name.startsWith('._'))
    .slice(0, MAX_FILES);
}

async function collectEntry(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= MAX_FILES) return;
  if (isFileEntry(entry)) {
    files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  if (isDirectoryEntry(entry)) {
    for (const child of await readDirectory(entry)) await collectEntry(child, files);
  }
}

// readEntries gives at most 100 entries a call and an empty list at the end.
async function readDirectory(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  while (entries.length < MAX_FILES) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) break;
    entries.push(...batch);
  }
  return entries;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
