import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { addRaces } from '#domain/events/add-races.ts';
import { lockEvent } from '#domain/events/lock-event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { DomainError } from '#platform/errors.ts';
import { changedBibs } from './changed-bibs.ts';
import { chunksOf } from './chunks-of.ts';
import type { EntryFields, StartListDiff } from './diff-start-list.ts';
import { diffPlan, planImport } from './plan-import.ts';
import { rememberMapping } from './remember-mapping.ts';
import type { ColumnMapping, ListProfile, RowIssue } from './start-list.ts';
import { bibChanges, startListEntries } from './tables.ts';

export interface ImportOutcome {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  errors: RowIssue[];
}

/** Makes the event's start list what the file says, all or nothing. Entries that the file has not stay, unless
 *  `removeMissing`, or somebody else has their bib now. A mapping chosen by hand is remembered for files with these headings. Safe to run twice: the second run changes nothing. Rows with errors are left out and returned. */
export async function importStartList(
  ctx: Context,
  input: {
    eventId: string;
    bytes: Buffer;
    mapping?: ColumnMapping | undefined;
    profile?: ListProfile | undefined;
    removeMissing?: boolean;
  },
): Promise<ImportOutcome> {
  const event = await requireOwnEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  return inTransaction(ctx, async (tx) => {
    await lockEvent(tx, event.id);
    const plan = await planImport(tx, event, input);
    if (!plan.file.mapping.includes('bib')) {
      throw new DomainError('bad-input', { public: { key: 'timing.bibColumnMissing' } });
    }
    const races =
      plan.newRaces.length === 0 ? [] : await addRaces(tx, { eventId: event.id, names: plan.newRaces });
    const idOf = new Map(plan.newRaces.map((name, index) => [name, races[index]?.id ?? null]));
    const diff = await diffPlan(
      tx,
      event.id,
      plan.resolve((name) => idOf.get(name) ?? null),
    );
    const removed = input.removeMissing ? diff.missing : diff.displaced;
    await removeEntries(
      tx,
      event.id,
      removed.map(({ id }) => id),
    );
    await changeEntries(tx, event.id, diff.changed);
    await addEntries(tx, event.id, diff.added);
    await recordBibChanges(tx, event.id, diff.swapped);
    if (input.mapping) await rememberMapping(tx, event.organisationId, plan.file);
    const counts = { added: diff.added.length, changed: diff.changed.length, removed: removed.length };
    await recordAudit(tx, {
      action: 'timing.import',
      subjectKind: 'event',
      subjectId: event.id,
      details: counts,
    });
    await judgeAgain(tx, event.id, changedBibs(diff, removed));
    const errors = plan.issues.filter(({ severity }) => severity === 'error');
    return { ...counts, unchanged: diff.unchanged, errors };
  });
}

/** Past these many, all photos are looked at. */
const MOST_NAMED = 200;

/** Photos that were read before are judged by the new list, without being opened. */
async function judgeAgain(tx: Context, eventId: string, bibs: string[]): Promise<void> {
  if (bibs.length === 0) return;
  const named = bibs.length > MOST_NAMED ? {} : { bibs };
  await tx.queue.enqueue(tx.db, 'judge-event', { eventId, why: 'list', ...named });
}

async function removeEntries(tx: Context, eventId: string, ids: string[]): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await tx.db
      .delete(startListEntries)
      .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.id, chunk)));
  }
}

async function addEntries(tx: Context, eventId: string, entries: EntryFields[]): Promise<void> {
  const now = tx.clock.now().toISOString();
  for (const chunk of chunksOf(entries)) {
    const rows = JSON.stringify(chunk.map((entry) => ({ ...entry, id: tx.random.id() })));
    await tx.db.execute(sql`
      insert into start_list_entries (id, event_id, race_id, bib, first_name, last_name, name_search, gender, category,
        club, birth_year, is_minor, photo_consent, face_consent, photo_opt_out, created_at, updated_at)
      select id, ${eventId}::uuid, "raceId", bib, "firstName", "lastName", "nameSearch", gender, category, club,
        "birthYear", "isMinor", "photoConsent", "faceConsent", "photoOptOut", ${now}::timestamptz, ${now}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as row (${sql.raw(ROW_TYPE)})`);
  }
}

async function changeEntries(tx: Context, eventId: string, changed: StartListDiff['changed']): Promise<void> {
  const now = tx.clock.now().toISOString();
  await setBibsAside(tx, eventId, changed);
  for (const chunk of chunksOf(changed)) {
    const rows = JSON.stringify(chunk.map(({ id, after }) => ({ ...after, id })));
    await tx.db.execute(sql`
      update start_list_entries as entry
      set race_id = row."raceId", bib = row.bib, first_name = row."firstName", last_name = row."lastName",
        name_search = row."nameSearch", gender = row.gender, category = row.category, club = row.club,
        birth_year = row."birthYear", is_minor = row."isMinor", photo_consent = row."photoConsent",
        face_consent = row."faceConsent", photo_opt_out = row."photoOptOut", updated_at = ${now}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as row (${sql.raw(ROW_TYPE)})
      where entry.id = row.id and entry.event_id = ${eventId}::uuid`);
  }
}

const ROW_TYPE = `id uuid, "raceId" uuid, bib text, "firstName" text, "lastName" text, "nameSearch" text, gender text,
  category text, club text, "birthYear" integer, "isMinor" boolean, "photoConsent" boolean, "faceConsent" boolean,
  "photoOptOut" boolean`;

/** Two who swap bibs would each meet the other's: no bib holds this sign, so that all can be set aside first. */
async function setBibsAside(tx: Context, eventId: string, changed: StartListDiff['changed']): Promise<void> {
  const moved = changed.filter(
    ({ before, after }) => before.bib !== after.bib || before.raceId !== after.raceId,
  );
  for (const chunk of chunksOf(moved.map(({ id }) => id))) {
    await tx.db
      .update(startListEntries)
      .set({ bib: sql`'~' || ${startListEntries.id}` })
      .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.id, chunk)));
  }
}

async function recordBibChanges(
  tx: Context,
  eventId: string,
  swapped: StartListDiff['swapped'],
): Promise<void> {
  const by = tx.actor.kind === 'account' ? tx.actor.userId : null;
  const at = tx.clock.now();
  for (const chunk of chunksOf(swapped)) {
    await tx.db.insert(bibChanges).values(
      chunk.map(({ entryId, from, to }) => ({
        id: tx.random.id(),
        ...{ eventId, entryId, at, by },
        fromBib: from,
        toBib: to,
      })),
    );
  }
}
