import { and, eq, gt, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAccount } from '#domain/accounts/require-account.ts';
import { CREDITS_PER_PHOTO } from '#domain/credits/credits.ts';
import { readBalance } from '#domain/credits/get-credit-balance.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { photos } from '#domain/photos/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { newStorageKey } from '#platform/storage/storage-key.ts';
import { paidMode } from './reading-parts.ts';
import { uploads } from './tables.ts';
import {
  cleanFileName,
  MAX_ANNOUNCED_FILES,
  refuseByName,
  UPLOAD_LIFE_HOURS,
  type UploadRefusal,
} from './upload.ts';

export const announceUploadsSchema = z.object({
  eventId: z.uuid(),
  files: z
    .array(
      z.object({
        fileName: z.string().min(1).max(1000),
        sizeBytes: z.number().int().min(0),
        /** Lower-case hex. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(MAX_ANNOUNCED_FILES),
});
type AnnouncedFile = z.output<typeof announceUploadsSchema>['files'][number];

export type AnnouncedUpload = { sha256: string } & (
  | { outcome: 'open'; uploadId: string }
  | { outcome: 'already-uploaded'; photoId: string }
  | { outcome: 'refused'; reason: UploadRefusal }
);

/**
 * Says of each file, before its bytes travel, whether it may come; one answer per file, in order.
 * A file announced again gets the upload it had, so that a reload goes on where it stopped.
 */
export async function announceUploads(
  ctx: Context,
  input: z.input<typeof announceUploadsSchema>,
): Promise<AnnouncedUpload[]> {
  const { userId } = requireAccount(ctx);
  const { eventId, files } = parseInput(announceUploadsSchema, input);
  const event = await requireOwnEvent(ctx, { eventId });
  if (event.status === 'archived')
    throw new DomainError('conflict', { public: { key: 'ingest.eventClosed' } });

  const hashes = files.map((file) => file.sha256);
  const known = await findPhotos(ctx, eventId, hashes);
  const open = await findOpenUploads(ctx, eventId, userId, hashes);
  let fits = Math.floor(
    (await readBalance(ctx, { organisationId: event.organisationId })) /
      CREDITS_PER_PHOTO[paidMode(event, ctx.config, ctx.clock.now())],
  );
  const added: (typeof uploads.$inferInsert)[] = [];
  const answers: AnnouncedUpload[] = [];
  const seen = new Map<string, AnnouncedUpload>();
  for (const file of files) {
    const answer = seen.get(file.sha256) ?? decide(file);
    seen.set(file.sha256, answer);
    answers.push(answer);
  }
  if (added.length > 0) await ctx.db.insert(uploads).values(added);
  return answers;

  function decide(file: AnnouncedFile): AnnouncedUpload {
    const { sha256 } = file;
    const photoId = known.get(sha256);
    if (photoId) return { sha256, outcome: 'already-uploaded', photoId };
    const reason = refuseByName(file, ctx.config.maxUploadMb);
    if (reason) return { sha256, outcome: 'refused', reason };
    if (fits < 1) return { sha256, outcome: 'refused', reason: 'no-credit' };
    fits -= 1;
    const openId = open.get(`${sha256}/${file.sizeBytes}`);
    if (openId) return { sha256, outcome: 'open', uploadId: openId };
    const upload = newUpload(ctx, { ...file, eventId, userId });
    added.push(upload);
    return { sha256, outcome: 'open', uploadId: upload.id };
  }
}

function newUpload(ctx: Context, file: AnnouncedFile & { eventId: string; userId: string }) {
  const now = ctx.clock.now();
  return {
    ...file,
    id: ctx.random.id(),
    fileName: cleanFileName(file.fileName),
    storageKey: newStorageKey(ctx.random, 'originals', 'bin'),
    state: 'open' as const,
    createdAt: now,
    expiresAt: new Date(now.getTime() + UPLOAD_LIFE_HOURS * 3_600_000),
  };
}

async function findPhotos(ctx: Context, eventId: string, hashes: string[]): Promise<Map<string, string>> {
  const found = await ctx.db
    .select({ id: photos.id, sha256: photos.sha256 })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), inArray(photos.sha256, hashes)));
  return new Map(found.map((photo) => [photo.sha256, photo.id]));
}

async function findOpenUploads(
  ctx: Context,
  eventId: string,
  userId: string,
  hashes: string[],
): Promise<Map<string, string>> {
  const found = await ctx.db
    .select({ id: uploads.id, sha256: uploads.sha256, sizeBytes: uploads.sizeBytes })
    .from(uploads)
    .where(
      and(
        eq(uploads.eventId, eventId),
        eq(uploads.userId, userId),
        eq(uploads.state, 'open'),
        gt(uploads.expiresAt, ctx.clock.now()),
        inArray(uploads.sha256, hashes),
      ),
    );
  return new Map(found.map((upload) => [`${upload.sha256}/${upload.sizeBytes}`, upload.id]));
}
