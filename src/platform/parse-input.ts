import type { z } from 'zod';
import { DomainError } from './errors.ts';

/** Parses what came from outside. A refusal carries the ZodError as its cause: forms show it field by field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new DomainError('bad-input', {
    public: { key: 'input.invalid' },
    internal: `refused fields: ${fields}`,
    cause: parsed.error,
  });
}
