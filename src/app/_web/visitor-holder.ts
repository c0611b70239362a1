import 'server-only';
import { cache } from 'react';
import type { Context } from '#context.ts';

/** Of one request: who looks at a closed event. Empty on pages that are kept for everybody. */
export const visitorHolder = cache((): { visitor: Context | null } => ({ visitor: null }));
