import 'server-only';
import { cache } from 'react';
import { type Context, getContext } from '#context.ts';

/** The process's context, opened at the first page that needs it: building pages opens no database. */
export const baseContext = cache((): Promise<Context> => getContext());
