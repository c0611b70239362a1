import { asc, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

/** Holds the photos that fulfil `where` until the transaction ends, in one order, so that two who hold several wait for
 *  each other and never both; rows that only name a photo may be written meanwhile. Gives their ids in that order. */
export async function holdPhotos(tx: Context, where: SQL | undefined): Promise<string[]> {
  const held = await tx.db
    .select({ id: photos.id })
    .from(photos)
    .where(where)
    .orderBy(asc(photos.id))
    .for('no key update');
  return held.map(({ id }) => id);
}
