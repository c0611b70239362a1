import { Upload } from 'tus-js-client';
import { hashFile } from './hash-file.client.ts';
import { isSettled, type UploadItem } from './upload-item.client.ts';

const SENT_AT_ONCE = 3;
const ANNOUNCED_AT_ONCE = 100;
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 8000, 15_000, 30_000, 60_000, 60_000, 60_000];

export interface UploadSession {
  add(files: File[]): void;
  pause(): void;
  resume(): void;
  /** Puts refused files back in the line. */
  retryRefused(): void;
  items(): readonly UploadItem[];
  paused(): boolean;
  close(): void;
}

interface Announced {
  sha256: string;
  outcome: 'open' | 'already-uploaded' | 'refused';
  uploadId?: string;
  photoId?: string;
  reason?: string;
}

/** Reads, announces and sends the chosen files of one event. `onChange` is called after every change of any item. */
export function createUploadSession(options: {
  eventId: string;
  locale: string;
  failureText: string;
  /** The sentence for a refusal the server names by a code. */
  describeRefusal: (code: string) => string;
  onChange: () => void;
}): UploadSession {
  const items: UploadItem[] = [];
  const running = new Map<number, Upload>();
  const abort = new AbortController();
  let paused = false;
  let preparing = false;
  let nextKey = 1;

  async function prepare(): Promise<void> {
    if (preparing) return;
    preparing = true;
    try {
      while (!paused && !abort.signal.aborted) {
        const batch = items.filter((item) => item.state === 'waiting').slice(0, ANNOUNCED_AT_ONCE);
        if (batch.length === 0) break;
        for (const item of batch) await hashItem(item);
        await announce(batch.filter((item) => item.state === 'hashed'));
        send();
      }
    } finally {
      preparing = false;
    }
  }

  async function hashItem(item: UploadItem): Promise<void> {
    change(item, { state: 'hashing' });
    try {
      change(item, { sha256: await hashFile(item.file, abort.signal), state: 'hashed' });
    } catch {
      change(item, { state: 'refused', reason: options.failureText });
    }
  }

  async function announce(batch: UploadItem[]): Promise<void> {
    const fresh = batch.filter((item) => !markRepeated(item));
    if (fresh.length === 0) return;
    const answers = await requestAnnouncement(fresh);
    if (answers === null) {
      for (const item of fresh) change(item, { state: 'waiting' });
      await wait(3000);
      return;
    }
    for (const item of fresh) {
      const answer = answers.find((other) => other.sha256 === item.sha256);
      if (answer) applyAnswer(item, answer);
    }
  }

  function markRepeated(item: UploadItem): boolean {
    const twin = items.find(
      (other) => other !== item && other.sha256 === item.sha256 && other.key < item.key,
    );
    if (twin) change(item, { state: 'duplicate', photoId: twin.photoId });
    return twin !== undefined;
  }

  /** Null when the server could not be reached: the files wait and are announced again. */
  async function requestAnnouncement(batch: UploadItem[]): Promise<Announced[] | null> {
    const files = batch.map((item) => ({
      fileName: item.file.name,
      sizeBytes: item.file.size,
      sha256: item.sha256,
    }));
    try {
      const response = await fetch('/api/uploads/announce', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': options.locale },
        body: JSON.stringify({ eventId: options.eventId, files }),
        signal: abort.signal,
      });
      if (response.status >= 500 || response.status === 429) return null;
      const body: { files?: Announced[]; error?: { message: string } } = await response.json();
      if (body.files) return body.files;
      for (const item of batch)
        change(item, { state: 'refused', reason: body.error?.message ?? options.failureText });
      return [];
    } catch {
      return null;
    }
  }

  function applyAnswer(item: UploadItem, answer: Announced): void {
    if (answer.outcome === 'open') change(item, { state: 'announced', uploadId: answer.uploadId ?? null });
    else if (answer.outcome === 'already-uploaded')
      change(item, { state: 'duplicate', photoId: answer.photoId ?? null });
    else
      change(item, {
        state: 'refused',
        reason: answer.reason ? options.describeRefusal(answer.reason) : options.failureText,
      });
  }

  function send(): void {
    for (const item of items) {
      if (paused || running.size >= SENT_AT_ONCE) return;
      if (item.state === 'announced') void start(item);
    }
  }

  async function start(item: UploadItem): Promise<void> {
    const upload = new Upload(item.file, {
      endpoint: '/api/uploads/files',
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { uploadId: item.uploadId ?? '' },
      headers: { 'accept-language': options.locale },
      removeFingerprintOnSuccess: true,
      fingerprint: async () => `focus-racer/${options.eventId}/${item.sha256}`,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const again = status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
        if (again) change(item, { state: 'retrying' });
        return again;
      },
      onProgress: (sentBytes) => change(item, { state: 'sending', sentBytes }),
      onSuccess: ({ lastResponse }) =>
        settle(item, {
          state: 'sent',
          sentBytes: item.file.size,
          photoId: lastResponse.getHeader('Photo-Id') ?? null,
        }),
      onError: (error) => {
        const response = 'originalResponse' in error ? error.originalResponse : null;
        settle(item, { state: 'refused', reason: readRefusal(response?.getBody()) ?? options.failureText });
      },
    });
    running.set(item.key, upload);
    change(item, { state: 'sending' });
    const [previous] = await upload.findPreviousUploads();
    if (previous) upload.resumeFromPreviousUpload(previous);
    if (running.get(item.key) === upload && !paused) upload.start();
  }

  function settle(item: UploadItem, values: Partial<UploadItem>): void {
    running.delete(item.key);
    change(item, values);
    send();
  }

  function change(item: UploadItem, values: Partial<UploadItem>): void {
    Object.assign(item, values);
    options.onChange();
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  function stopSending(): void {
    for (const [key, upload] of running) {
      void upload.abort();
      const item = items.find((other) => other.key === key);
      if (item && !isSettled(item)) item.state = 'announced';
    }
    running.clear();
  }

  return {
    items: () => items,
    paused: () => paused,
    add(files) {
      for (const file of files) {
        items.push({
          key: nextKey,
          file,
          state: 'waiting',
          sha256: null,
          uploadId: null,
          photoId: null,
          sentBytes: 0,
          reason: null,
        });
        nextKey += 1;
      }
      options.onChange();
      void prepare();
    },
    pause() {
      paused = true;
      stopSending();
      options.onChange();
    },
    resume() {
      paused = false;
      options.onChange();
      void prepare();
      send();
    },
    retryRefused() {
      for (const item of items) {
        if (item.state === 'refused') Object.assign(item, { state: 'waiting', reason: null, sentBytes: 0 });
      }
      options.onChange();
      void prepare();
    },
    close() {
      abort.abort();
      stopSending();
    },
  };
}

function readRefusal(body: string | undefined): string | null {
  if (!body) return null;
  try {
    const parsed: { error?: { message?: string } } = JSON.parse(body);
    return parsed.error?.message ?? null;
  } catch {
    return null;
  }
}
