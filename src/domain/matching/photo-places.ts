import { and, eq, gte, isNotNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type CameraStay, cameraClocks } from '#domain/clocks/tables.ts';
import { checkpoints, photoSpots } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';

export interface PhotoPlace {
  placeId: string;
  name: string;
  distanceMeters: number | null;
}

interface Stays {
  cameraKey: string;
  stays: CameraStay[];
}

/** The checkpoints and photo spots of an event at which a camera stood, in the order of the course. Names of places are public. */
export async function listPhotoPlaces(ctx: Context, input: { eventId: string }): Promise<PhotoPlace[]> {
  const clocks = await ctx.db
    .select({ stays: cameraClocks.stays })
    .from(cameraClocks)
    .where(eq(cameraClocks.eventId, input.eventId));
  const stood = new Set(clocks.flatMap(({ stays }) => stays.map(({ placeId }) => placeId)));
  if (stood.size === 0) return [];
  const named = await Promise.all(
    [checkpoints, photoSpots].map((table) =>
      ctx.db
        .select({ placeId: table.id, name: table.name, distanceMeters: table.distanceMeters })
        .from(table)
        .where(eq(table.eventId, input.eventId)),
    ),
  );
  return named
    .flat()
    .filter(({ placeId }) => stood.has(placeId))
    .sort((a, b) => (a.distanceMeters ?? 0) - (b.distanceMeters ?? 0) || a.name.localeCompare(b.name));
}

/** True for photos taken while their camera stood at the place, as `placeAt` tells it of one: a person's word goes first. */
export function isAtPlace(clocks: readonly Stays[], placeId: string): SQL {
  const there = clocks.flatMap(({ cameraKey, stays }) => {
    const byHand = stays.filter(({ source }) => source === 'hand');
    const solved = stays.filter(({ source }) => source === 'solved');
    const here = (one: CameraStay) => one.placeId === placeId;
    const during = or(
      ...byHand.filter(here).map(isDuring),
      ...solved.filter(here).map((stay) => and(isDuring(stay), ...byHand.map((hand) => not(isDuring(hand))))),
    );
    return during ? [and(eq(photos.cameraKey, cameraKey), isNotNull(photos.takenAt), during)] : [];
  });
  return or(...there) ?? sql`false`;
}

function isDuring({ from, until }: CameraStay): SQL {
  return (
    and(
      from === null ? undefined : gte(photos.takenAt, new Date(from)),
      until === null ? undefined : lt(photos.takenAt, new Date(until)),
    ) ?? sql`true`
  );
}
