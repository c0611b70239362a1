import { z } from 'zod';
import type { Context } from '#context.ts';
import { MAX_ROWS } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';
import { fetchPublic } from '#platform/fetch-public/fetch-public.ts';
import type { njukoSecrets } from './connection.ts';
import { type Connector, requireSuccess } from './connector.ts';

type Secrets = z.output<typeof njukoSecrets>;

const PAGE = 500;
const MOST_PAGES = 400;
const PAGE_TIMEOUT_MS = 20_000;
const TOGETHER_MS = 180_000;
/** Of 500 registrations with all their fields, of which six are kept. */
const PAGE_BYTES = 20_000_000;

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''));
const registrationSchema = z.object({
  id: z.number(),
  competition_id: z.number().nullish(),
  status: z.number().nullish(),
  isRegistered: z.boolean().nullish(),
  paymentStatus: z.number().nullish(),
  bibRetrieved: z.boolean().nullish(),
  firstname: text,
  lastname: text,
  gender: text,
  birthdate: text,
  bib: z.object({ code: text }).nullish(),
});
type Registration = z.output<typeof registrationSchema>;

const pageSchema = z.object({ totalHits: z.number().nullish(), results: z.array(registrationSchema) });
const editionSchema = z.object({
  competitions: z.array(z.object({ id: z.number(), name: text })).default([]),
});

/**
 * Njuko's interface for organisers, as the open-source app "BibScan for Njuko" speaks it: headers `Edition` and
 * `Authorization`, competitions by GET, registrations by POST in pages of `itemsPerPage` counted by `from`. Of a
 * registration, six fields are kept: no address, no telephone, no payment.
 */
export const njukoConnector: Connector<Secrets> = {
  fetch: async (ctx, secrets) => {
    const edition = await ask(ctx, secrets, { path: 'competition' }, editionSchema);
    const raceOf = new Map(edition.competitions.map(({ id, name }) => [id, name]));
    const registrations = await fetchAll(ctx, secrets);
    const running = registrations.filter(isRunning);
    const rows = running.map((one) => [
      one.bib?.code ?? '',
      one.lastname,
      one.firstname,
      one.gender,
      one.birthdate,
      raceOf.get(one.competition_id ?? Number.NaN) ?? '',
    ]);
    const table = [['bib', 'lastname', 'firstname', 'gender', 'birthdate', 'race'], ...rows];
    return { bytes: writeTable(table), leftOut: registrations.length - running.length };
  },
};

/** A bib in hand runs; else the registration must stand (status 0), be complete, and be paid (payment status 0). */
function isRunning(one: Registration): boolean {
  if ((one.bib?.code ?? '') === '') return false;
  if (one.bibRetrieved) return true;
  return (one.status ?? 0) === 0 && one.isRegistered !== false && (one.paymentStatus ?? 0) === 0;
}

/** Pages move while people register: each registration counts once, as its last page has it. */
async function fetchAll(ctx: Context, secrets: Secrets): Promise<Registration[]> {
  const found = new Map<number, Registration>();
  const until = Date.now() + TOGETHER_MS;
  let from = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    if (Date.now() > until) throw new DomainError('unavailable', { public: { key: 'connections.tooSlow' } });
    const body = JSON.stringify({ from, itemsPerPage: PAGE, answers: false, orderBy: 'id', order: 'asc' });
    const { results, totalHits } = await ask(ctx, secrets, { path: 'registrations', body }, pageSchema);
    for (const registration of results) found.set(registration.id, registration);
    from += results.length;
    if (results.length === 0 || (typeof totalHits === 'number' && from >= totalHits))
      return [...found.values()];
    if (found.size > MAX_ROWS) break;
  }
  throw new DomainError('too-large', { public: { key: 'timing.tooManyRows', values: { max: MAX_ROWS } } });
}

async function ask<Schema extends z.ZodType>(
  ctx: Context,
  { editionId, apiKey }: Secrets,
  request: { path: string; body?: string },
  schema: Schema,
): Promise<z.output<Schema>> {
  const { status, bytes } = await fetchPublic(
    {
      url: `${ctx.config.njukoUrl}/api-registrations/${request.path}`,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      secretHeaders: { edition: editionId, authorization: apiKey },
      ...(request.body !== undefined && { body: request.body }),
      maxBytes: PAGE_BYTES,
      timeoutMs: PAGE_TIMEOUT_MS,
    },
    { ownHosts: ctx.config.connectionHosts },
  );
  requireSuccess(status);
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 3);
  throw new DomainError('unavailable', {
    public: { key: 'connections.oddAnswer' },
    internal: `Njuko's ${request.path}: ${where.join(', ')}`,
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new DomainError('unavailable', { public: { key: 'connections.oddAnswer' }, cause: error });
  }
}

function writeTable(rows: string[][]): Buffer {
  const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
  return Buffer.from(rows.map((row) => row.map(cell).join(',')).join('\r\n'));
}
