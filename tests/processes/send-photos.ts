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

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Announces and sends files as the page does, at most `atOnce` together; answers in the order of the files. */
export async function sendPhotos(target: SendTarget, files: PhotoFile[], atOnce = 4): Promise<SentPhoto[]> {
  const announced = await announce(target, files);
  const answers: SentPhoto[] = [];
  const line = files.map((file, index) => async () => {
    answers[index] = await sendOne(target, file, announced[index]);
  });
  await Promise.all(
    Array.from({ length: Math.min(atOnce, line.length) }, async () => {
      for (let next = line.shift(); next; next = line.shift()) await next();
    }),
  );
  return answers;
}

interface Announced {
  outcome: 'open' | 'already-uploaded' | 'refused';
  uploadId?: string;
  photoId?: string;
  reason?: string;
}

async function announce(target: SendTarget, files: PhotoFile[]): Promise<Announced[]> {
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
): Promise<SentPhoto> {
  const known = { fileName: file.fileName, sha256: sha256Of(file.bytes) };
  if (announced?.outcome === 'already-uploaded') {
    return { ...known, outcome: 'already-uploaded', photoId: announced.photoId ?? '' };
  }
  if (announced?.outcome !== 'open')
    return { ...known, outcome: 'refused', reason: announced?.reason ?? 'none' };
  return new Promise((resolve) => {
    const upload = new Upload(file.bytes, {
      endpoint: `${target.url}/api/uploads/files`,
      headers: { cookie: target.cookie },
      metadata: { uploadId: announced.uploadId ?? '' },
      chunkSize: 4 * 1024 * 1024,
      retryDelays: [200, 500, 1000, 2000, 4000, 8000],
      storeFingerprintForResuming: false,
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
