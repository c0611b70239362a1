import { z } from 'zod';

const listOfBibs = z.array(z.string()).default([]);

/** The truth.json of a folder of labelled photos. */
export const truthSchema = z
  .array(
    z.object({
      file: z.string(),
      bibs: listOfBibs,
      ignore: listOfBibs,
      extra: listOfBibs,
      partial: listOfBibs,
    }),
  )
  .min(1);
