import 'server-only';
import { revalidatePath } from 'next/cache';
import { LOCALES } from '#app/_web/locales.ts';

/** Public pages are kept for a while: a change of an event shows at once in this process. Pages with parameters are
 *  named by their route; the address of one of them would only forget that very page. */
export function forgetPublicPages(): void {
  for (const locale of LOCALES) revalidatePath(`/${locale}`);
  revalidatePath('/[locale]/(public)/events', 'layout');
  revalidatePath('/[locale]/(viewer)/events', 'layout');
  revalidatePath('/[locale]/pro', 'layout');
}
