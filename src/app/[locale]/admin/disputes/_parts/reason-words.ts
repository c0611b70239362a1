import 'server-only';
import { getTranslations } from 'next-intl/server';

/** A reason in people's words; one that the provider has invented since is shown as it is. */
export async function reasonWords(): Promise<(reason: string) => string> {
  const t = await getTranslations('payments.disputes');
  return (reason) => {
    const key = `reasons.${reason}`;
    return /^[a-z_]+$/u.test(reason) && t.has(key) ? t(key) : reason;
  };
}
