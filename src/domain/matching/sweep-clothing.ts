import { lt, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { rows } from '#platform/db/rows.ts';
import { clothingEnds } from './clothing-days.ts';
import { clothingSightings, photoColours } from './tables.ts';

const PAGE = 500;
/** Long enough for a sweep that stood still, short enough not to look at every photo there is. */
const LOOK_BACK_DAYS = 60;

/** Takes away what people wore on photos that came in long enough ago; gives of how many photos. Safe to run twice. */
export async function sweepClothing(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const until = clothingEnds(ctx.clock.now());
  await ctx.db.delete(clothingSightings).where(lt(clothingSightings.seenAt, until));
  await ctx.db.delete(photoColours).where(lt(photoColours.seenAt, until));
  const from = new Date(until.getTime() - LOOK_BACK_DAYS * 86_400_000);
  let stripped = 0;
  for (;;) {
    const page = await stripSome(ctx, from, until);
    stripped += page;
    if (page < PAGE) return stripped;
  }
}

async function stripSome(ctx: Context, from: Date, until: Date): Promise<number> {
  const bare = sql`select jsonb_agg(person.value - 'clothing' order by person.ordinality)
    from jsonb_array_elements(persons) with ordinality as person`;
  const dressed = sql`select found.photo_id from photo_findings as found join photos on photos.id = found.photo_id
    where photos.state = 'ready' and photos.received_at between ${from.toISOString()} and ${until.toISOString()}
      and found.persons @? '$[*].clothing' limit ${PAGE}`;
  const stripped = await rows<{ one: number }>(
    ctx.db,
    sql`update photo_findings set persons = (${bare}) where photo_id in (${dressed}) returning 1 as one`,
  );
  return stripped.length;
}
