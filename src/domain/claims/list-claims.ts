import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { renditionUrl } from '#domain/photos/photo.ts';
import { photos } from '#domain/photos/tables.ts';
import type { ClaimKind } from './claim.ts';
import { countWaiting, isListed } from './count-waiting.ts';
import { runnerClaims } from './tables.ts';

const PAGE = 60;

export interface WaitingClaim {
  claimId: string;
  kind: ClaimKind;
  bib: string;
  createdAt: Date;
  photo: {
    id: string;
    takenAt: Date | null;
    widthPx: number;
    heightPx: number;
    tone: string;
    thumbnailUrl: string;
    bibs: string[];
  };
}

/** The claims of an own event that wait, the oldest first: a page of them and how many there are. */
export async function listClaims(
  ctx: Context,
  input: { eventId: string },
): Promise<{ claims: WaitingClaim[]; waiting: number }> {
  const event = await requireOwnEvent(ctx, input);
  const found = await ctx.db
    .select({ claim: runnerClaims, photo: photos })
    .from(runnerClaims)
    .innerJoin(photos, eq(photos.id, runnerClaims.photoId))
    .where(isListed(event.id))
    .orderBy(asc(runnerClaims.createdAt), asc(runnerClaims.id))
    .limit(PAGE);
  return {
    claims: found.map(({ claim, photo }) => ({
      claimId: claim.id,
      kind: claim.kind,
      bib: claim.bib,
      createdAt: claim.createdAt,
      photo: {
        id: photo.id,
        takenAt: photo.takenAt,
        widthPx: photo.widthPx ?? 3,
        heightPx: photo.heightPx ?? 2,
        tone: photo.tone ?? '#888888',
        thumbnailUrl: renditionUrl(photo.id, 'thumbnail', photo.shownVersion),
        bibs: photo.bibs,
      },
    })),
    waiting: await countWaiting(ctx, event.id),
  };
}
