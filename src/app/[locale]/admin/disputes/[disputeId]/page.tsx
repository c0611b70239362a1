import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { utcInstants } from '#app/_web/utc-instant.ts';
import { gatherEvidence } from '#domain/disputes/gather-evidence.ts';
import { type DisputeSummary, getDispute } from '#domain/disputes/list-disputes.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pairs } from '#ui/Pairs.tsx';
import { DISPUTE_LOOK } from '../_parts/dispute-table.tsx';
import { reasonWords } from '../_parts/reason-words.ts';
import { SendForm } from './send-form.client.tsx';

interface DisputePageProps {
  params: Promise<{ locale: string; disputeId: string }>;
}

async function load({ params }: DisputePageProps) {
  const { locale, disputeId } = await params;
  const ctx = await requireAdminPage(locale);
  const dispute = await getDispute(ctx, { disputeId: decodeURIComponent(disputeId) }).catch(absentPage);
  return { ctx, locale, dispute };
}

export async function generateMetadata(props: DisputePageProps): Promise<Metadata> {
  const [{ dispute }, t] = await Promise.all([load(props), getTranslations('payments.disputes')]);
  const number = dispute.order?.number;
  return { title: number ? t('pageTitle', { number }) : t('pageTitleUnknown') };
}

/** One dispute: what the bank says, until when to answer, and what speaks for the sale. */
export default async function DisputePage(props: DisputePageProps) {
  const { ctx, locale, dispute } = await load(props);
  const t = await getTranslations('payments.disputes');
  const home = `/${locale}/${ctx.config.adminPath}`;
  const number = dispute.order?.number;
  const open = dispute.state === 'needs-response' || dispute.state === 'under-review';
  const overdue =
    dispute.state === 'needs-response' && dispute.respondBy !== null && dispute.respondBy < ctx.clock.now();
  return (
    <>
      <PageHeader
        title={number ? t('pageTitle', { number }) : t('pageTitleUnknown')}
        actions={
          <Link className="button" data-kind="quiet" href={`${home}/disputes`}>
            {t('back')}
          </Link>
        }
      />
      {overdue ? <Notice state="bad">{t('overdue')}</Notice> : null}
      {open ? <Notice state="warn">{t('frozen')}</Notice> : null}
      <DisputeFacts dispute={dispute} home={home} locale={locale} />
      {dispute.order ? <Evidence {...{ ctx, dispute }} orderId={dispute.order.orderId} /> : null}
    </>
  );
}

async function DisputeFacts({
  dispute,
  home,
  locale,
}: {
  dispute: DisputeSummary;
  home: string;
  locale: string;
}) {
  const [t, reason, instant] = await Promise.all([
    getTranslations('payments.disputes'),
    reasonWords(),
    utcInstants(),
  ]);
  const { order, respondBy } = dispute;
  const rows = [
    {
      label: t('order'),
      value: order ? <Link href={`${home}/orders/${order.orderId}`}>{order.number}</Link> : dispute.intentId,
    },
    { label: t('amount'), value: formatMoney(dispute.amountCents, dispute.currency, locale) },
    { label: t('reason'), value: reason(dispute.reason) },
    { label: t('opened'), value: instant(dispute.openedAt) },
    { label: t('respondBy'), value: respondBy ? instant(respondBy) : '–' },
    { label: t('money'), value: t(dispute.fundsWithdrawn ? 'withdrawn' : 'kept') },
    { label: t('submissions'), value: t(dispute.submissions > 0 ? 'sentOnce' : 'notSent') },
  ];
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">
        {t('facts')}{' '}
        <span className="chip" data-state={DISPUTE_LOOK[dispute.state]}>
          {t(`states.${dispute.state}`)}
        </span>
      </h2>
      <Pairs rows={rows} />
    </section>
  );
}

interface EvidenceProps {
  ctx: Awaited<ReturnType<typeof requireAdminPage>>;
  dispute: DisputeSummary;
  orderId: string;
}

async function Evidence({ ctx, dispute, orderId }: EvidenceProps) {
  const [facts, t, instant] = await Promise.all([
    gatherEvidence(ctx, { orderId }),
    getTranslations('payments.disputes'),
    utcInstants(),
  ]);
  const rows = [
    { label: t('consent'), value: instant(facts.waiver.at) },
    { label: t('visits'), value: facts.visitCount },
    { label: t('downloads'), value: facts.downloadCount },
    { label: t('mails'), value: facts.mails.length },
  ];
  const address = `/api/operator/disputes/${encodeURIComponent(dispute.disputeId)}.pdf`;
  return (
    <section className="panel stack" aria-labelledby="evidence">
      <h2 id="evidence">{t('evidence')}</h2>
      <p className="muted">{t('evidenceLead')}</p>
      <Pairs rows={rows} />
      <div className="row">
        <a className="button" href={address} download>
          <Icon name="file" />
          {t('download')}
        </a>
      </div>
      {dispute.state === 'needs-response' && dispute.submissions === 0 ? (
        <ClientMessages namespaces={[]}>
          <SendForm
            disputeId={dispute.disputeId}
            words={{ once: t('sendOnce'), send: t('send'), sending: t('sending') }}
          />
        </ClientMessages>
      ) : null}
    </section>
  );
}
