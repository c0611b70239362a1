import { z } from 'zod';
import type { PublicMessage } from '#platform/errors.ts';
import type { connections } from './tables.ts';

export type ConnectionRow = typeof connections.$inferSelect;
export type ConnectionKind = ConnectionRow['kind'];

export const MAX_CONNECTIONS = 5;
/** A schedule ends this long after the event's last start. */
export const SCHEDULE_HOURS = 24;

const address = z
  .string()
  .trim()
  .min(1, 'connections.addressRequired')
  .max(2000, 'connections.addressTooLong');
/** Sent as it is in a header: one line of plain signs. */
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)?$/u, 'connections.keyOdd')
  .min(8, 'connections.keyTooShort')
  .max(500, 'connections.keyOdd');
const token = z.preprocess((text) => (text === '' ? null : text), key.nullable().default(null));

/** What a connection needs to fetch: sealed as a whole. */
export const njukoSecrets = z.object({
  editionId: z
    .string()
    .trim()
    .regex(/^\d{1,12}$/u, 'connections.editionOdd'),
  apiKey: key,
});
export const addressSecrets = z.object({ address, token });

const common = { eventId: z.string(), isScheduled: z.boolean().default(false) };
const byAddress = addressSecrets.extend(common);

export const connectionSchema = z.discriminatedUnion('kind', [
  njukoSecrets.extend({ ...common, kind: z.literal('njuko') }),
  byAddress.extend({ kind: z.literal('kms') }),
  byAddress.extend({ kind: z.literal('list') }),
  byAddress.extend({ kind: z.literal('passages') }),
]);

export type ConnectionInput = z.input<typeof connectionSchema>;
export type ParsedConnection = z.output<typeof connectionSchema>;

/** What a page may know of a connection: never its key or its address. */
export interface Connection {
  id: string;
  kind: ConnectionKind;
  shown: string;
  secretEnd: string;
  isScheduled: boolean;
  lastFetchedAt: Date | null;
  lastFailure: PublicMessage | null;
  /** What was brought and waits for a word. */
  waiting: { added: number; changed: number; missing: number; fetchedAt: Date; sha256: string } | null;
}
