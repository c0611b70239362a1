import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { PayTop } from '#app/[locale]/(pay)/_parts/pay-top.tsx';
import { giveEverything } from '#app/[locale]/(pay)/test-onboarding/[linkId]/actions.ts';
import { getTestOnboarding } from '#platform/payments/test-onboarding.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface TestOnboardingProps {
  params: Promise<{ locale: string; linkId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('payouts');
  return { title: t('test.title'), robots: { index: false }, referrer: 'same-origin' };
}

/** The test provider's own page: it stands where a real one asks sellers who they are. */
export default async function TestOnboardingPage({ params }: TestOnboardingProps) {
  const { locale, linkId } = await params;
  const [ctx, t] = await Promise.all([requestContext(locale), getTranslations('payouts')]);
  const link = await getTestOnboarding(ctx, { linkId }).catch(absentPage);
  return (
    <div className="pay">
      <PayTop back={{ href: link.returnUrl, label: t('title') }}>{t('test.mark')}</PayTop>
      <main id="content" tabIndex={-1}>
        <div className="screen">
          <h1>{t('test.title')}</h1>
          <p className="no-money">{t('test.warning')}</p>
          {link.state === 'open' ? (
            <section className="test-choices" aria-labelledby="test-choose">
              <h2 id="test-choose">{t('test.choose')}</h2>
              <form action={giveEverything}>
                <input type="hidden" name="linkId" value={linkId} />
                <SubmitButton wide pending={t('test.sending')}>
                  {t('test.finish')}
                </SubmitButton>
                <p>{t('test.finishHelp')}</p>
              </form>
              <div>
                <a className="button" data-wide="" href={link.returnUrl}>
                  {t('test.back')}
                </a>
                <p>{t('test.backHelp')}</p>
              </div>
            </section>
          ) : (
            <>
              <p>{t(`test.${link.state}`)}</p>
              <a
                className="button"
                data-kind="primary"
                data-wide=""
                href={link.state === 'expired' ? link.refreshUrl : link.returnUrl}
              >
                {t(link.state === 'expired' ? 'test.again' : 'test.toPayouts')}
              </a>
            </>
          )}
        </div>
      </main>
    </div>
  );
}
