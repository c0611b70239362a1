import { createHash } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type IptcText, type Splice, spliceIptc } from '#vision/iptc/splice-iptc.ts';
import { fileCredits } from './tables.ts';

/** What a seller wants written into the files of an event that leave. */
export interface FileCredit {
  credit: string;
  licence: string | null;
}

/** A JPEG's metadata end before this in all but odd files, which leave as they are. */
const HEAD_BYTES = 256 * 1024;
/** IPTC-IIM 4.2, record 2: Credit, and Special Instructions, which programs show as the terms of use. */
export const CREDIT_FIELD = { dataset: 110, maxBytes: 32 };
export const LICENCE_FIELD = { dataset: 40, maxBytes: 256 };

export async function findFileCredits(ctx: Context, eventIds: string[]): Promise<Map<string, FileCredit>> {
  if (eventIds.length === 0) return new Map();
  const found = await ctx.db.select().from(fileCredits).where(inArray(fileCredits.eventId, eventIds));
  return new Map(found.map(({ eventId, credit, licence }) => [eventId, { credit, licence }]));
}

/** Where a stored JPEG takes the credit in, its picture untouched. What the photographer's own program wrote in a field
 *  stays. Null when nothing changes. */
export async function planCredit(
  ctx: Context,
  file: { storageKey: string; sizeBytes: number; contentType: string; credit: FileCredit | null },
): Promise<Splice | null> {
  const { credit, contentType, storageKey, sizeBytes } = file;
  if (!credit || contentType !== 'image/jpeg' || sizeBytes === 0) return null;
  const end = Math.min(HEAD_BYTES, sizeBytes) - 1;
  const chunks: Buffer[] = [];
  for await (const chunk of await ctx.storage.open(storageKey, { start: 0, end })) chunks.push(chunk);
  const head = Buffer.concat(chunks);
  let adds = 0;
  const splice = spliceIptc(head, (present) => {
    const there = new Set(present.filter(({ record }) => record === 2).map(({ dataset }) => dataset));
    const missing = textsOf(credit).filter(({ dataset }) => !there.has(dataset));
    adds = missing.length;
    return missing;
  });
  return adds > 0 ? splice : null;
}

/** Tells two files apart that differ in their credit alone. */
export function creditDigest({ inserted, at }: Splice): string {
  return createHash('sha256').update(`${at}\n`).update(inserted).digest('hex').slice(0, 16);
}

function textsOf({ credit, licence }: FileCredit): IptcText[] {
  return [{ ...CREDIT_FIELD, text: credit }, ...(licence ? [{ ...LICENCE_FIELD, text: licence }] : [])];
}
