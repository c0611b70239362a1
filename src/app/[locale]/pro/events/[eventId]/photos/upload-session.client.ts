import { Upload } from 'tus-js-client';
import { type AnnouncedFile, announceFiles, readRefusal } from './announce-files.client.ts';
import { hashFile } from './hash-file.client.ts';
import { isSettled, type UploadItem } from './upload-item.client.ts';

const SENT_AT_ONCE = 3;
const FILES_PATH = '/api/uploads/files';
/** Few, so that the first bytes leave while the rest is still being read. */
const ANNOUNCED_AT_ONCE = 20;
const ANNOUNCE_AGAIN_MS = 3000;
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
  /** After it was closed, goes on where it stopped. */
  open(): void;
  close(): void;
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
  let abort = new AbortController();
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
      if (abort.signal.aborted) change(item, { state: 'waiting' });
      else change(item, { state: 'refused', reason: options.failureText });
    }
  }

  async function announce(batch: UploadItem[]): Promise<void> {
    const fresh = batch.filter((item) => !markRepeated(item));
    if (fresh.length === 0) return;
    const { eventId, locale, failureText } = options;
    const files = fresh.map(({ file, sha256 }) => ({ fileName: file.name, sizeBytes: file.size, sha256 }));
    const answers = await announceFiles({ eventId, locale, files, signal: abort.signal });
    if (answers === 'unreachable') {
      for (const item of fresh) change(item, { state: 'waiting' });
      await wait(ANNOUNCE_AGAIN_MS);
      return;
    }
    for (const item of fresh) {
      if (!Array.isArray(answers)) change(item, { state: 'refused', reason: answers.refused ?? failureText });
      else
        applyAnswer(
          item,
          answers.find((other) => other.sha256 === item.sha256),
        );
    }
  }

  function markRepeated(item: UploadItem): boolean {
    const twin = items.find(
      (other) => other !== item && other.sha256 === item.sha256 && other.key < item.key,
    );
    if (twin) change(item, { state: 'duplicate', photoId: twin.photoId });
    return twin !== undefined;
  }

  function applyAnswer(item: UploadItem, answer: AnnouncedFile | undefined): void {
    if (!answer) {
      change(item, { state: 'refused', reason: options.failureText });
    } else if (answer.outcome === 'open') {
      const { uploadId = null, begun = false } = answer;
      change(item, { state: 'announced', uploadId, begun });
    } else if (answer.outcome === 'already-uploaded')
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
      if (item.state === 'announced') start(item);
    }
  }

  function start(item: UploadItem): void {
    const upload = new Upload(item.file, {
      endpoint: FILES_PATH,
      // The server names an upload by what it announced, so nothing needs to be remembered here across a reload.
      uploadUrl: item.begun ? `${FILES_PATH}/${item.uploadId}` : null,
      storeFingerprintForResuming: false,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { uploadId: item.uploadId ?? '' },
      headers: { 'accept-language': options.locale },
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
    change(item, { state: 'sending', begun: true });
    upload.start();
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
          begun: false,
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
    open() {
      if (!abort.signal.aborted) return;
      abort = new AbortController();
      void prepare();
      send();
    },
    close() {
      abort.abort();
      stopSending();
    },
  };
}
