import { redirect } from 'next/navigation';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import { getOwnPayouts } from '#domain/payouts/get-own-payouts.ts';
import { startOnboarding } from '#domain/payouts/start-onboarding.ts';

interface ContinueProps {
  params: Promise<{ locale: string }>;
}

/** The provider leads here when a link of its page was used up: another one is made, and leads on. */
export default async function ContinuePage({ params }: ContinueProps) {
  const { locale } = await params;
  const here = `/${locale}/pro/payouts`;
  const ctx = await requireProPage(locale, here);
  const { seller } = await getOwnPayouts(ctx);
  if (!seller || seller.state === 'left') redirect(here);
  const { url } = await startOnboarding(ctx, { country: seller.country }).catch(absentPage);
  redirect(url);
}
