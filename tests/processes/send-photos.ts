import { createHash } from 'node:crypto';
import { Upload } from 'tus-js-client';

export interface PhotoFile {
  fileName: string;
  bytes: Buffer;
}

export interface SendTarget {
  url: string;
  /** The `cookie` header of a signed-in pro. */
  cookie: string;
  eventId: string;
}

export type SentPhoto = { fileName: string; sha256: string } & (
  | { outcome: 'sent' | 'already-uploaded'; photoId: string }
  | { outcome: 'refused'; reason: string }
);

export interface SendOptions {
  /** Files sent together. */
  atOnce?: number;
  /** Bytes of one more file that left this process, the same ones again after a retry. */
  onBytes?(count: number): void;
  /** Called in the moment in which a file's answer is there. */
  onAnswer?(answer: SentPhoto): void;
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Announces and sends files as the page does; answers in the order of the files. */
export async function sendPhotos(
  target: SendTarget,
  files: PhotoFile[],
  options: SendOptions = {},
): Promise<SentPhoto[]> {
  const announced = await announce(target, files);
  const answers: SentPhoto[] = [];
  const line = files.map((file, index) => async () => {
    const answer = await sendOne(target, file, announced[index], options);
    answers[index] = answer;
    options.onAnswer?.(answer);
  });
  await Promise.all(
    Array.from({ length: Math.min(options.atOnce ?? 4, line.length) }, async () => {
      for (let next = line.shift(); next; next = line.shift()) await next();
    }),
  );
  return answers;
}

/** The same for a server that comes and goes: what was refused for its absence is sent again, as a person with a page would. */
export async function sendUntilTaken(
  target: SendTarget,
  files: PhotoFile[],
  options: SendOptions & { limitMs: number },
): Promise<void> {
  const limit = Date.now() + options.limitMs;
  let left = files;
  while (left.length > 0) {
    const taken = new Set<string>();
    const onAnswer = (answer: SentPhoto) => {
      if (answer.outcome === 'refused') return;
      taken.add(answer.sha256);
      options.onAnswer?.(answer);
    };
    // An announcement that found no server is made again.
    const problem = await sendPhotos(target, left, { ...options, onAnswer }).catch((error: unknown) => error);
    left = left.filter(({ bytes }) => !taken.has(sha256Of(bytes)));
    if (left.length > 0 && Date.now() > limit) {
      throw new Error(`${left.length} files were not taken`, { cause: problem });
    }
    if (taken.size === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export interface Announced {
  outcome: 'open' | 'already-uploaded' | 'refused';
  uploadId?: string;
  photoId?: string;
  reason?: string;
}

/** Tells the server of files before their bytes travel. Throws when it refuses the announcement as a whole. */
export async function announce(
  target: SendTarget,
  files: Pick<PhotoFile, 'fileName' | 'bytes'>[],
): Promise<Announced[]> {
  const described = files.map(({ fileName, bytes }) => ({
    fileName,
    sizeBytes: bytes.length,
    sha256: sha256Of(bytes),
  }));
  const response = await fetch(`${target.url}/api/uploads/announce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: target.cookie, origin: target.url },
    body: JSON.stringify({ eventId: target.eventId, files: described }),
  });
  if (!response.ok) throw new Error(`announcement refused: ${response.status} ${await response.text()}`);
  const body: { files: Announced[] } = await response.json();
  return body.files;
}

async function sendOne(
  target: SendTarget,
  file: PhotoFile,
  announced: Announced | undefined,
  options: SendOptions,
): Promise<SentPhoto> {
  const known = { fileName: file.fileName, sha256: sha256Of(file.bytes) };
  if (announced?.outcome === 'already-uploaded') {
    return { ...known, outcome: 'already-uploaded', photoId: announced.photoId ?? '' };
  }
  if (announced?.outcome !== 'open')
    return { ...known, outcome: 'refused', reason: announced?.reason ?? 'none' };
  let seenBytes = 0;
  return new Promise((resolve) => {
    const upload = new Upload(file.bytes, {
      endpoint: `${target.url}/api/uploads/files`,
      headers: { cookie: target.cookie },
      metadata: { uploadId: announced.uploadId ?? '' },
      chunkSize: 4 * 1024 * 1024,
      retryDelays: [200, 500, 1000, 2000, 4000, 8000],
      storeFingerprintForResuming: false,
      onProgress: (sentBytes) => {
        options.onBytes?.(Math.max(0, sentBytes - seenBytes));
        seenBytes = sentBytes;
      },
      onSuccess: ({ lastResponse }) =>
        resolve({ ...known, outcome: 'sent', photoId: lastResponse.getHeader('Photo-Id') ?? '' }),
      onError: (error) => {
        const response = 'originalResponse' in error ? error.originalResponse : null;
        const reason = response ? `${response.getStatus()} ${response.getBody()}` : error.message;
        resolve({ ...known, outcome: 'refused', reason });
      },
    });
    upload.start();
  });
}
