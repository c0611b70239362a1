import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, eq, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { normaliseName } from './normalise-name.ts';
import type { StartListFile } from './read-start-list.ts';
import type { ColumnMapping } from './start-list.ts';
import { columnMappings } from './tables.ts';

/** Keeps what somebody said of the columns for the organisation's next file with the same headings; forgets it when that is what
 *  the headings say anyway. */
export async function rememberMapping(
  tx: Context,
  organisationId: string,
  { headings, mapping, recognised }: Pick<StartListFile, 'headings' | 'mapping' | 'recognised'>,
): Promise<void> {
  if (isDeepStrictEqual(mapping, recognised)) {
    await tx.db.delete(columnMappings).where(ofHeadings(organisationId, headings));
    return;
  }
  const set = { mapping, updatedAt: tx.clock.now() };
  await tx.db
    .insert(columnMappings)
    .values({ organisationId, headings: digest(headings), ...set })
    .onConflictDoUpdate({ target: [columnMappings.organisationId, columnMappings.headings], set });
}

/** What the organisation said of columns under these headings; null when it never did. */
export async function findMapping(
  ctx: Context,
  organisationId: string,
  headings: string[],
): Promise<ColumnMapping | null> {
  const [row] = await ctx.db
    .select({ mapping: columnMappings.mapping })
    .from(columnMappings)
    .where(ofHeadings(organisationId, headings));
  return row?.mapping ?? null;
}

function ofHeadings(organisationId: string, headings: string[]): SQL | undefined {
  return and(
    eq(columnMappings.organisationId, organisationId),
    eq(columnMappings.headings, digest(headings)),
  );
}

function digest(headings: string[]): string {
  return createHash('sha256').update(headings.map(normaliseName).join('\n')).digest('hex');
}
