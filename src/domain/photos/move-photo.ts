import { and, eq, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Context } from '#context.ts';
import { canMovePhoto, type PhotoState } from './photo.ts';
import { photoCounts, photos } from './tables.ts';

type Findings = Omit<PgUpdateSetSource<typeof photos>, 'id' | 'eventId' | 'state' | 'sha256' | 'originalKey'>;

export interface MovePhotoInput {
  photoId: string;
  from: PhotoState;
  to: PhotoState;
  set?: Findings;
}

/** Moves a photo and the event's totals. False when it is no longer in state `from`: then nothing was written. */
export async function movePhoto(tx: Context, input: MovePhotoInput): Promise<boolean> {
  const { photoId, from, to, set } = input;
  if (!canMovePhoto(from, to)) throw new Error(`a photo does not go from ${from} to ${to}`);
  const [moved] = await tx.db
    .update(photos)
    .set({ ...set, state: to })
    .where(and(eq(photos.id, photoId), eq(photos.state, from)))
    .returning({ eventId: photos.eventId });
  if (!moved) return false;
  await tx.db
    .update(photoCounts)
    .set({
      [from]: sql`${photoCounts[from]} - 1`,
      [to]: sql`${photoCounts[to]} + 1`,
    })
    .where(eq(photoCounts.eventId, moved.eventId));
  return true;
}
