import 'server-only';
import { type Context, currentContext } from '#context.ts';

/** The context this process was started with. While building pages there is none: nothing may ask for it then. */
export function baseContext(): Context {
  return currentContext();
}
