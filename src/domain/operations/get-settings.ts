import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { getRecognitionCost, type RecognitionCost } from '#domain/ingest/get-recognition-cost.ts';
import { isLiveKey } from '#platform/stripe-settings.ts';

/** How this process is set up, without the value of any secret. */
export interface InstanceSettings {
  reading: {
    engine: 'offline' | 'rekognition';
    photosAtOnce: number;
    /** In percent. */
    leastSureConfidence: number;
    /** 0..100. */
    leastQuality: number;
    labels: boolean;
    faces: boolean;
    edits: boolean;
  };
  /** Null while nobody outside reads. */
  recognition: {
    region: string;
    endpoint: string | null;
    collectionPrefix: string;
    callsPerSecond: number;
    hasCredentials: boolean;
    /** Until this process calls again; 0 while it does. */
    pausedSeconds: number;
  } | null;
  /** Also after the engine was changed: what was paid stays paid. */
  cost: RecognitionCost;
  database: 'pglite' | 'postgres';
  storage: { kind: 'local' | 's3'; bucket: string | null };
  mail: { transport: 'smtp' | 'resend' | 'kept'; from: string };
  payments: {
    provider: string;
    feePercent: number;
    /** Null while Stripe is not used; of its secrets only whether they are there. */
    stripe: StripeSetUp | null;
  };
}

export interface StripeSetUp {
  mode: 'test' | 'live';
  /** Seen by every buyer's browser. */
  publishableKey: string | null;
  webhookSecret: boolean;
  /** While one is replaced. */
  previousSecret: boolean;
  sellersSecret: boolean;
  apiUrl: string | null;
}

/** For operators, to read: settings are changed where the process is started. */
export async function getSettings(ctx: Context): Promise<InstanceSettings> {
  requireAdmin(ctx);
  const { config } = ctx;
  return {
    reading: {
      engine: config.aiEngine,
      photosAtOnce: config.aiMaxConcurrent,
      leastSureConfidence: config.aiOcrConfidenceThreshold,
      leastQuality: config.aiQualityThreshold,
      labels: config.aiLabelDetectionEnabled,
      faces: config.aiFaceIndexEnabled,
      edits: config.aiAutoEditEnabled,
    },
    recognition: await describeRecognition(ctx),
    cost: await getRecognitionCost(ctx),
    database: ctx.database.kind,
    storage: { kind: config.awsS3Bucket ? 's3' : 'local', bucket: config.awsS3Bucket },
    mail: { transport: ctx.mail.transport, from: config.emailFrom },
    payments: {
      provider: ctx.payments.name,
      feePercent: config.platformFeePercent,
      stripe: describeStripe(ctx),
    },
  };
}

function describeStripe({ config }: Context): StripeSetUp | null {
  if (config.stripeSecretKey === null) return null;
  return {
    mode: isLiveKey(config.stripeSecretKey) ? 'live' : 'test',
    publishableKey: config.stripePublishableKey,
    webhookSecret: config.stripeWebhookSecret !== null,
    previousSecret: config.stripeWebhookSecretPrevious !== null,
    sellersSecret: config.stripeConnectWebhookSecret !== null,
    apiUrl: config.stripeApiUrl,
  };
}

async function describeRecognition({
  config,
  recognition,
}: Context): Promise<InstanceSettings['recognition']> {
  if (!recognition) return null;
  return {
    region: config.awsRegion,
    endpoint: config.awsEndpointUrlRekognition,
    collectionPrefix: config.awsRekognitionCollectionId,
    callsPerSecond: config.aiCallsPerSecond,
    hasCredentials: await recognition.hasCredentials(),
    pausedSeconds: recognition.pausedSeconds(),
  };
}
