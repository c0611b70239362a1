export interface AnnouncedFile {
  sha256: string;
  outcome: 'open' | 'already-uploaded' | 'refused';
  uploadId?: string;
  /** Some of its bytes are on the server. */
  begun?: boolean;
  photoId?: string;
  reason?: string;
}

interface Announcement {
  eventId: string;
  locale: string;
  files: { fileName: string; sizeBytes: number; sha256: string | null }[];
  signal: AbortSignal;
}

/** What becomes of each file, or the sentence with which all were refused (null: none was given); 'unreachable' when
 *  the server did not answer and the same may be asked again. */
export async function announceFiles(
  announcement: Announcement,
): Promise<AnnouncedFile[] | { refused: string | null } | 'unreachable'> {
  const { eventId, locale, files, signal } = announcement;
  try {
    const response = await fetch('/api/uploads/announce', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': locale },
      body: JSON.stringify({ eventId, files }),
      signal,
    });
    if (response.status >= 500 || response.status === 429) return 'unreachable';
    const body: { files?: AnnouncedFile[]; error?: { message: string } } = await response.json();
    return body.files ?? { refused: body.error?.message ?? null };
  } catch {
    return 'unreachable';
  }
}

/** The sentence in the body of a refusal. */
export function readRefusal(body: string | undefined): string | null {
  if (!body) return null;
  try {
    const parsed: { error?: { message?: string } } = JSON.parse(body);
    return parsed.error?.message ?? null;
  } catch {
    return null;
  }
}
