import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError, type ErrorCode } from '#platform/errors.ts';
import type { UploadRow } from './require-own-upload.ts';
import { uploads } from './tables.ts';
import type { UploadRefusal } from './upload.ts';

const CODES: Partial<Record<UploadRefusal, ErrorCode>> = {
  'too-large': 'too-large',
  'too-many-pixels': 'too-large',
  'event-closed': 'conflict',
  'no-credit': 'payment-required',
};

export function refusedError(reason: UploadRefusal): DomainError {
  return new DomainError(CODES[reason] ?? 'bad-input', { public: { key: `ingest.refusal.${reason}` } });
}

/** Ends an upload for good and throws why. The same file may be announced again. */
export async function refuseUpload(ctx: Context, upload: UploadRow, reason: UploadRefusal): Promise<never> {
  await closeUpload(ctx, upload, reason);
  throw refusedError(reason);
}

/** False when it is not open any more: then nothing was written. */
export async function closeUpload(ctx: Context, upload: UploadRow, refusal: UploadRefusal): Promise<boolean> {
  const closed = await ctx.db
    .update(uploads)
    .set({ state: 'refused', refusal })
    .where(and(eq(uploads.id, upload.id), eq(uploads.state, 'open')))
    .returning({ id: uploads.id });
  return closed.length > 0;
}
