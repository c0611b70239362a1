import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireAccount } from '#domain/accounts/require-account.ts';
import { DomainError } from '#platform/errors.ts';
import { uploads } from './tables.ts';

export type UploadRow = typeof uploads.$inferSelect;

/** The upload the actor announced. Throws not-found for anyone else's as for none. */
export async function requireOwnUpload(ctx: Context, input: { uploadId: string }): Promise<UploadRow> {
  const { userId } = requireAccount(ctx);
  const uploadId = z.uuid().safeParse(input.uploadId);
  const [upload] = uploadId.success
    ? await ctx.db.select().from(uploads).where(eq(uploads.id, uploadId.data))
    : [];
  if (!upload || upload.userId !== userId) {
    throw new DomainError('not-found', { public: { key: 'ingest.uploadNotFound' } });
  }
  return upload;
}

/** True when its bytes may no longer come. */
export function isExpired(ctx: Context, upload: UploadRow): boolean {
  return upload.state === 'open' && upload.expiresAt <= ctx.clock.now();
}
