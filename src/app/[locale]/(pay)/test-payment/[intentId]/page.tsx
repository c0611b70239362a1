import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { PayTop } from '#app/[locale]/(pay)/_parts/pay-top.tsx';
import { answerTestPayment, playBank } from '#app/[locale]/(pay)/test-payment/[intentId]/actions.ts';
import { type BankChoice, listBankChoices } from '#platform/payments/play-test-bank.ts';
import { getTestIntent } from '#platform/payments/settle-test-intent.ts';
import { formatMoney } from '#ui/format-money.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface TestPaymentProps {
  params: Promise<{ locale: string; intentId: string }>;
  searchParams: Promise<{ secret?: string | string[] }>;
}

const CHOICES = ['succeed', 'decline', 'delay', 'dispute'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop');
  return { title: t('test.title'), robots: { index: false }, referrer: 'same-origin' };
}

/** The test provider's own page: it stands where a bank's would. */
export default async function TestPaymentPage({ params, searchParams }: TestPaymentProps) {
  const [{ locale, intentId }, { secret }] = await Promise.all([params, searchParams]);
  const [ctx, t] = await Promise.all([requestContext(locale), getTranslations('shop')]);
  const asked = { intentId, secret: typeof secret === 'string' ? secret : '' };
  const intent = await getTestIntent(ctx, asked).catch(absentPage);
  const open = intent.state === 'requires-payment' || intent.state === 'failed';
  const price = formatMoney(intent.amountCents, intent.currency, locale);
  return (
    <div className="pay">
      <PayTop back={{ href: `/${locale}/cart`, label: t('checkout.back') }}>{t('test.mark')}</PayTop>
      <main id="content" tabIndex={-1}>
        <div className="screen">
          <h1>{t('test.title')}</h1>
          <p className="no-money">{t('test.warning')}</p>
          <p className="screen-lead">{t('test.amount', { price })}</p>
          {open ? (
            <section className="test-choices" aria-labelledby="test-choose">
              <h2 id="test-choose">{t('test.choose')}</h2>
              {CHOICES.map((choice) => (
                <form key={choice} action={answerTestPayment}>
                  <input type="hidden" name="intentId" value={asked.intentId} />
                  <input type="hidden" name="secret" value={asked.secret} />
                  <input type="hidden" name="choice" value={choice} />
                  <SubmitButton
                    wide
                    kind={choice === 'succeed' ? 'primary' : 'plain'}
                    pending={t('test.sending')}
                  >
                    {t(`test.${choice}`)}
                  </SubmitButton>
                  <p>{t(`test.${choice}Help`)}</p>
                </form>
              ))}
            </section>
          ) : (
            <>
              <p>{t('test.settled')}</p>
              <a className="button" data-kind="primary" data-wide="" href={intent.returnUrl}>
                {t('test.toOrder')}
              </a>
              <BankChoices {...asked} choices={await listBankChoices(ctx, asked)} />
            </>
          )}
        </div>
      </main>
    </div>
  );
}

/** What the buyer's bank may still do with a payment that arrived. */
async function BankChoices({
  intentId,
  secret,
  choices,
}: {
  intentId: string;
  secret: string;
  choices: BankChoice[];
}) {
  const t = await getTranslations('shop.test');
  if (choices.length === 0) return null;
  return (
    <section className="test-choices" aria-labelledby="test-bank">
      <h2 id="test-bank">{t('bank')}</h2>
      {choices.map((choice) => (
        <form key={choice} action={playBank}>
          <input type="hidden" name="intentId" value={intentId} />
          <input type="hidden" name="secret" value={secret} />
          <input type="hidden" name="choice" value={choice} />
          <SubmitButton wide kind="plain" pending={t('sending')}>
            {t(`banks.${choice}`)}
          </SubmitButton>
        </form>
      ))}
    </section>
  );
}
