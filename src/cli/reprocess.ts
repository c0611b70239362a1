import { parseArgs } from 'node:util';
import { withActor } from '#context.ts';
import { reprocessEvent } from '#domain/ingest/reprocess-event.ts';
import { reprocessPhoto } from '#domain/ingest/reprocess-photo.ts';
import { isDomainError } from '#platform/errors.ts';
import { createContext } from '../create-context.ts';
import { type Command, UsageError } from './command.ts';

const help = `focus-racer reprocess --event <id> [--failed] | --photo <id>

Queues photos to be read again by the workers. Ready photos stay visible meanwhile; what people decided stays;
no credit is taken or given back.

  --event <id>   every ready and failed photo of an event
  --failed       of these, only the failed ones
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
    const queued = asked.photo
      ? Number((await reprocessPhoto(system, { photoId: asked.photo })) === 'queued')
      : await reprocessEvent(system, { eventId: asked.event ?? '', which: asked.failed ? 'failed' : 'all' });
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

interface Asked {
  event?: string;
  photo?: string;
  failed: boolean;
}

const options = {
  event: { type: 'string' },
  photo: { type: 'string' },
  failed: { type: 'boolean', default: false },
} as const;

/** Exactly one of event and photo. */
export function readArgs(args: string[]): Asked | UsageError {
  try {
    const { event, photo, failed } = parseArgs({ args, options }).values;
    if ((photo && !event && !failed) || (event && !photo)) return { event, photo, failed };
  } catch (error) {
    return new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  return new UsageError('Say either --event <id> or --photo <id>; --failed goes with --event.');
}
