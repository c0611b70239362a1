/** One chosen file on its way. Ends as sent, duplicate or refused. */
export interface UploadItem {
  key: number;
  file: File;
  state:
    | 'waiting'
    | 'hashing'
    | 'hashed'
    | 'announced'
    | 'sending'
    | 'retrying'
    | 'sent'
    | 'duplicate'
    | 'refused';
  sha256: string | null;
  uploadId: string | null;
  /** Bytes of it may be on the server from before: ask how many, then send the rest. */
  begun: boolean;
  photoId: string | null;
  sentBytes: number;
  /** A sentence for the person, in their language, when refused. */
  reason: string | null;
}

export interface UploadTotals {
  files: number;
  /** Read and hashed. */
  prepared: number;
  duplicates: number;
  refused: number;
  sent: number;
  /** Of the files that must travel. */
  bytes: number;
  sentBytes: number;
}

export function isSettled(item: UploadItem): boolean {
  return item.state === 'sent' || item.state === 'duplicate' || item.state === 'refused';
}

export function sumUp(items: readonly UploadItem[]): UploadTotals {
  const totals: UploadTotals = {
    files: items.length,
    prepared: 0,
    duplicates: 0,
    refused: 0,
    sent: 0,
    bytes: 0,
    sentBytes: 0,
  };
  for (const item of items) {
    if (item.state !== 'waiting' && item.state !== 'hashing') totals.prepared += 1;
    if (item.state === 'duplicate') totals.duplicates += 1;
    else if (item.state === 'refused') totals.refused += 1;
    else {
      totals.bytes += item.file.size;
      totals.sentBytes += item.state === 'sent' ? item.file.size : item.sentBytes;
      if (item.state === 'sent') totals.sent += 1;
    }
  }
  return totals;
}

/** Seconds left at the pace of the last `windowSeconds`, or null while too little is known. */
export function estimateSecondsLeft(
  samples: readonly { atMs: number; bytes: number }[],
  totalBytes: number,
): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < 2000 || last.bytes <= first.bytes) return null;
  const bytesPerMs = (last.bytes - first.bytes) / (last.atMs - first.atMs);
  return Math.max(0, Math.ceil((totalBytes - last.bytes) / bytesPerMs / 1000));
}
