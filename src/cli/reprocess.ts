import { parseArgs } from 'node:util';
import { type Context, withActor } from '#context.ts';
import { reprocessEvent } from '#domain/ingest/reprocess-event.ts';
import { reprocessOlder } from '#domain/ingest/reprocess-older.ts';
import { reprocessPhoto } from '#domain/ingest/reprocess-photo.ts';
import { isDomainError } from '#platform/errors.ts';
import { createContext } from '../create-context.ts';
import { type Command, UsageError } from './command.ts';

const help = `focus-racer reprocess --event <id> [--failed | --older] | --photo <id> | --older

Queues photos to be read again by the workers. Ready photos stay visible meanwhile; what people decided stays;
no credit is taken or given back.

  --event <id>   every ready and failed photo of an event
  --failed       of these, only the failed ones
  --older        those that an older engine read, or with other options; without --event, of every event
  --photo <id>   one photo

With the embedded database, stop the server first: only one process may open it. The photos are read at its next start.`;

export const reprocessCommand: Command = { help, run };

async function run(args: string[]): Promise<number> {
  const asked = readArgs(args);
  if (asked instanceof UsageError) {
    console.error(asked.message);
    return 2;
  }
  const { ctx, stop } = await createContext({ role: 'command' });
  const system = withActor(ctx, { kind: 'system', name: 'reprocess' });
  try {
    const queued = await reprocess(system, asked);
    console.log(`${queued} photo${queued === 1 ? '' : 's'} queued`);
    return 0;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    console.error(error.code === 'not-found' ? 'There is nothing with this id.' : error.message);
    return 1;
  } finally {
    await stop(0);
  }
}

async function reprocess(system: Context, { event, photo, failed, older }: Asked): Promise<number> {
  if (photo) return Number((await reprocessPhoto(system, { photoId: photo })) === 'queued');
  if (!event) return reprocessOlder(system);
  return reprocessEvent(system, { eventId: event, which: older ? 'older' : failed ? 'failed' : 'all' });
}

interface Asked {
  event?: string;
  photo?: string;
  failed: boolean;
  older?: boolean;
}

const options = {
  event: { type: 'string' },
  photo: { type: 'string' },
  failed: { type: 'boolean', default: false },
  older: { type: 'boolean' },
} as const;

/** One event, one photo, or all that is older. */
export function readArgs(args: string[]): Asked | UsageError {
  try {
    const { event, photo, failed, older } = parseArgs({ args, options }).values;
    const asked = { event, photo, failed, ...(older && { older }) };
    if (photo && !event && !failed && !older) return asked;
    if (!photo && (event || older) && !(failed && older) && !(failed && !event)) return asked;
  } catch (error) {
    return new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return new UsageError('Say --event <id>, --photo <id> or --older; --failed or --older go with --event.');
}
