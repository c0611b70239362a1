import type { Context } from '#context.ts';
import type { RenditionKind, StoredKind } from '#domain/photos/photo.ts';
import { type RenditionRow, renditionKey } from '#domain/photos/record-renditions.ts';
import type { Renditions } from '#vision/findings.ts';
import { isAway } from './wait-for-provider.ts';

const KINDS: readonly RenditionKind[] = ['web', 'preview', 'thumbnail'];

/** Puts renditions where their photo's original says. `makes` names what they are of. */
export async function storeRenditions(
  ctx: Context,
  input: { originalKey: string; renditions: Renditions; makes: (kind: RenditionKind) => StoredKind },
): Promise<RenditionRow[] | 'storage-away'> {
  const stored = await Promise.allSettled(
    KINDS.map(async (shown) => {
      const { bytes, widthPx, heightPx } = input.renditions[shown];
      const kind = input.makes(shown);
      const storageKey = renditionKey(input.originalKey, kind);
      await ctx.storage.put(storageKey, Buffer.from(bytes), 'image/webp');
      return { kind, storageKey, widthPx, heightPx, sizeBytes: bytes.length };
    }),
  );
  const failed = stored.find((outcome) => outcome.status === 'rejected');
  if (failed && isAway(failed.reason)) return 'storage-away';
  if (failed) throw failed.reason;
  return stored.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
