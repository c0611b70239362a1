import type { z } from 'zod';
import type { CallGuard } from './guard-calls.ts';
import type { Jpeg } from './recognition.ts';
import {
  type CallFault,
  faultFacts,
  faultOf,
  imageRefused,
  recognitionUnavailable,
} from './recognition-errors.ts';

/** Smaller pictures are refused: docs.aws.amazon.com/rekognition/latest/dg/limits.html. */
export const LEAST_SIDE_PX = 80;

/** Asks in its turn; an answer that does not fit the schema is none. */
export type Send = <Schema extends z.ZodType>(
  operation: string,
  schema: Schema,
  ask: (abortSignal: AbortSignal) => Promise<unknown>,
) => Promise<z.output<Schema>>;

export function sendThrough(guard: CallGuard): Send {
  return (operation, schema, ask) =>
    guard.call(operation, async (abortSignal) => {
      const parsed = schema.safeParse(await ask(abortSignal));
      if (!parsed.success) throw recognitionUnavailable('an answer without its parts');
      return parsed.data;
    });
}

/** Nothing on a picture below the least size; the provider's refusal of an image in our words. */
export async function detect<Found>(jpeg: Jpeg, ask: (image: { Bytes: Uint8Array }) => Promise<Found[]>) {
  if (Math.min(jpeg.widthPx, jpeg.heightPx) < LEAST_SIDE_PX) return [];
  try {
    return await ask({ Bytes: jpeg.bytes });
  } catch (error) {
    if (faultOf(error) === 'image') throw imageRefused(`refused: ${faultFacts(error)}`, error);
    throw error;
  }
}

/** Null for the one refusal that is expected. */
export function only(fault: CallFault) {
  return (error: unknown): null => {
    if (faultOf(error) === fault) return null;
    throw error;
  };
}
