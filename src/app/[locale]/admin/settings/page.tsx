import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { getSettings, type InstanceSettings, type StripeSetUp } from '#domain/operations/get-settings.ts';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { RecognitionCosts } from './_parts/recognition-costs.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('settings.title') };
}

/** What this instance runs with, to read: values come from the environment, and secrets are never shown. */
export default async function SettingsPage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin.settings');
  const settings = await getSettings(ctx).catch(absentPage);
  const { recognition, mail, payments } = settings;
  return (
    <>
      <PageHeader title={t('title')}>{t('about')}</PageHeader>
      {recognition && !recognition.hasCredentials ? <Notice state="bad">{t('noCredentials')}</Notice> : null}
      {recognition && recognition.pausedSeconds > 0 ? (
        <Notice state="warn">{t('paused', { seconds: recognition.pausedSeconds })}</Notice>
      ) : null}
      {mail.transport === 'kept' ? <Notice state="warn">{t('mailKept')}</Notice> : null}
      {payments.provider === 'test' ? <Notice state="warn">{t('testPayments')}</Notice> : null}
      {payments.stripe?.mode === 'test' ? <Notice state="warn">{t('stripeTestMode')}</Notice> : null}
      <div className="settings">
        <Facts heading={t('reading')} facts={await readingFacts(settings)} />
        <Facts heading={t('instance')} facts={await instanceFacts(settings)} />
        {payments.stripe ? <Facts heading={t('stripe')} facts={await stripeFacts(payments.stripe)} /> : null}
        {recognition ? (
          <Facts heading={t('recognition')} facts={await recognitionFacts(recognition)} />
        ) : null}
        {recognition || settings.cost.calls > 0 ? <RecognitionCosts cost={settings.cost} /> : null}
      </div>
    </>
  );
}

interface Fact {
  label: string;
  value: string;
  /** The setting behind it. */
  name?: string;
}

function Facts({ heading, facts }: { heading: string; facts: Fact[] }) {
  return (
    <section>
      <h2>{heading}</h2>
      <dl>
        {facts.map(({ label, value, name }) => (
          <div key={label}>
            <dt>
              {label}
              {name ? <code>{name}</code> : null}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

async function readingFacts({ reading }: InstanceSettings): Promise<Fact[]> {
  const t = await getTranslations('admin.settings');
  const format = await getFormatter();
  const percent = (value: number) => format.number(value / 100, { style: 'percent' });
  const onOff = (on: boolean) => t(on ? 'on' : 'off');
  return [
    { label: t('engine'), value: t(`engines.${reading.engine}`), name: 'AI_ENGINE' },
    { label: t('photosAtOnce'), value: format.number(reading.photosAtOnce), name: 'AI_MAX_CONCURRENT' },
    {
      label: t('leastSure'),
      value: percent(reading.leastSureConfidence),
      name: 'AI_OCR_CONFIDENCE_THRESHOLD',
    },
    { label: t('leastQuality'), value: format.number(reading.leastQuality), name: 'AI_QUALITY_THRESHOLD' },
    { label: t('labels'), value: onOff(reading.labels), name: 'AI_LABEL_DETECTION_ENABLED' },
    { label: t('faces'), value: onOff(reading.faces), name: 'AI_FACE_INDEX_ENABLED' },
    { label: t('edits'), value: onOff(reading.edits), name: 'AI_AUTO_EDIT_ENABLED' },
  ];
}

async function recognitionFacts(recognition: NonNullable<InstanceSettings['recognition']>): Promise<Fact[]> {
  const t = await getTranslations('admin.settings');
  const format = await getFormatter();
  const { region, endpoint, collectionPrefix, callsPerSecond, hasCredentials } = recognition;
  return [
    { label: t('credentials'), value: t(hasCredentials ? 'there' : 'absent'), name: 'AWS_ACCESS_KEY_ID' },
    { label: t('region'), value: region, name: 'AWS_REGION' },
    ...(endpoint ? [{ label: t('endpoint'), value: endpoint, name: 'AWS_ENDPOINT_URL_REKOGNITION' }] : []),
    { label: t('callsPerSecond'), value: format.number(callsPerSecond), name: 'AI_CALLS_PER_SECOND' },
    { label: t('collections'), value: `${collectionPrefix}-…`, name: 'AWS_REKOGNITION_COLLECTION_ID' },
  ];
}

async function stripeFacts(stripe: StripeSetUp): Promise<Fact[]> {
  const t = await getTranslations('admin.settings');
  const isThere = (there: boolean) => t(there ? 'isSet' : 'notSet');
  const { mode, publishableKey, webhookSecret, previousSecret, sellersSecret, apiUrl } = stripe;
  return [
    { label: t('stripeMode'), value: t(`stripeModes.${mode}`), name: 'STRIPE_SECRET_KEY' },
    { label: t('publishableKey'), value: publishableKey ?? t('notSet'), name: 'STRIPE_PUBLISHABLE_KEY' },
    { label: t('webhookSecret'), value: isThere(webhookSecret), name: 'STRIPE_WEBHOOK_SECRET' },
    { label: t('sellersSecret'), value: isThere(sellersSecret), name: 'STRIPE_CONNECT_WEBHOOK_SECRET' },
    ...(previousSecret
      ? [{ label: t('previousSecret'), value: t('isSet'), name: 'STRIPE_WEBHOOK_SECRET_PREVIOUS' }]
      : []),
    ...(apiUrl ? [{ label: t('endpoint'), value: apiUrl, name: 'STRIPE_API_URL' }] : []),
  ];
}

async function instanceFacts({ database, storage, mail, payments }: InstanceSettings): Promise<Fact[]> {
  const t = await getTranslations('admin.settings');
  const format = await getFormatter();
  const stored = t(`storages.${storage.kind}`);
  return [
    { label: t('database'), value: t(`databases.${database}`), name: 'DATABASE_URL' },
    {
      label: t('storage'),
      value: storage.bucket ? `${stored} · ${storage.bucket}` : stored,
      name: 'AWS_S3_BUCKET',
    },
    { label: t('mail'), value: t(`mails.${mail.transport}`) },
    { label: t('from'), value: mail.from, name: 'EMAIL_FROM' },
    {
      label: t('payments'),
      value: t.has(`providers.${payments.provider}`)
        ? t(`providers.${payments.provider}`)
        : payments.provider,
    },
    {
      label: t('fee'),
      value: format.number(payments.feePercent / 100, { style: 'percent', maximumFractionDigits: 2 }),
      name: 'PLATFORM_FEE_PERCENT',
    },
  ];
}
