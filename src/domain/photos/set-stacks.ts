import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Stack } from './stack.ts';

interface SetStacksInput {
  /** All that were looked at, each with when it was marked, and whole stacks only. */
  photos: readonly { id: string; askedAt: Date | null }[];
  stacks: readonly Stack[];
}

/**
 * Makes these stacks those of the photos that were looked at: one that is in none stands alone. What stands as it should is not
 * written; a photo that was marked again meanwhile goes on waiting. For a transaction that has the event's
 * stacks to itself.
 */
export async function setStacks(tx: Context, { photos, stacks }: SetStacksInput): Promise<void> {
  if (photos.length === 0) return;
  // The first frame's id: the same stack keeps its name, and no two have one.
  const places = new Map(
    stacks.flatMap(({ photoIds, leadId }) =>
      photoIds.map((id) => [id, { stackId: photoIds[0] ?? null, leads: id === leadId }] as const),
    ),
  );
  const alone = { stackId: null, leads: true };
  const given = photos.map(({ id, askedAt }) => {
    const { stackId, leads } = places.get(id) ?? alone;
    return { id, stack_id: stackId, leads, asked_at: askedAt };
  });
  // Held in one order, so that this and others who hold several photos wait for each other and never both.
  await tx.db.execute(sql`
    update photos set stack_id = place.stack_id, leads_stack = place.leads,
      stack_asked_at = case when date_trunc('milliseconds', photos.stack_asked_at) = place.asked_at then null else photos.stack_asked_at end
    from (select given.* from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as given(id uuid, stack_id uuid, leads boolean, asked_at timestamptz)
      join photos as held on held.id = given.id
      where held.stack_id is distinct from given.stack_id or held.leads_stack <> given.leads or given.asked_at is not null
      order by held.id for no key update of held) as place
    where photos.id = place.id`);
}
