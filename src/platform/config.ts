import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { creditSettings } from './credit-settings.ts';
import { keepSecret } from './keep-secret.ts';
import { legalProblems, legalSettings } from './legal-settings.ts';
import { payoutSettings } from './payout-settings.ts';
import { flag, hostList, optionalText, secret, setting, switchedOn, text, url, whole } from './setting.ts';
import { stripeProblems, stripeSettings } from './stripe-settings.ts';

/** Taken in `/en/…` by pages that the admin's would hide. */
const PAGE_NAMES = new Set(
  'account cart checkout clock closed events find-me first-admin forgot-password legal orders pay pro reset-password sign-in sign-up test-onboarding test-payment verify-address withdrawal'.split(
    ' ',
  ),
);

/** Every setting of the product, in the order of the documents made from it. */
export const settings = {
  nodeEnv: setting(
    'NODE_ENV',
    z.enum(['development', 'test', 'production']).default('development'),
    'production',
    'production on a real server: it turns the safety checks on.',
  ),
  port: setting('PORT', whole(1, 65_535, 3000), '3000', 'Port of the web server.'),
  publicUrl: setting(
    'PUBLIC_URL',
    url.nullable().default(null),
    'http://localhost:3000',
    'Address people type, without a final slash: links in mails and payment returns start with it. Default: http://localhost:PORT.',
  ),
  dataDir: setting(
    'DATA_DIR',
    text.default('./data'),
    './data',
    'Folder of the embedded database, of the photos and of the generated secret.',
  ),
  databaseUrl: secret(
    'DATABASE_URL',
    z
      .url({ protocol: /^postgres(ql)?$/ })
      .nullable()
      .default(null),
    'PostgreSQL 15 or newer, such as postgresql://user:password@host:5432/focusracer. Without it the embedded database in DATA_DIR is used: one process, no guarantee on power loss, not for real sales.',
  ),
  databasePoolSize: setting(
    'DATABASE_POOL_SIZE',
    whole(2, 200, 10),
    '10',
    'Connections to PostgreSQL per process; two more are held for notices.',
  ),
  authSecret: secret(
    'AUTH_SECRET',
    z.string().min(32, 'must have at least 32 characters').nullable().default(null),
    'Signs sessions and download links, at least 32 random characters (openssl rand -base64 48). Without it one is generated in DATA_DIR/secret; a production server on PostgreSQL refuses to start without it.',
  ),
  authSecretBefore: secret(
    'AUTH_SECRET_BEFORE',
    z.string().min(32, 'must have at least 32 characters').nullable().default(null),
    'The AUTH_SECRET until its last change. Keys of connections that were kept under it stay readable, and are kept anew under AUTH_SECRET when they are used.',
  ),
  adminPath: setting(
    'ADMIN_PATH',
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, 'must be 3 to 64 lower-case letters, digits or hyphens')
      .refine((path) => path !== 'admin', 'must not be "admin": that address answers 404')
      .refine((path) => !PAGE_NAMES.has(path), 'is the address of another page: choose your own word')
      .default('operator'),
    'operator',
    'Last part of the address of the admin pages: /en/ADMIN_PATH. Choose your own.',
  ),
  workers: setting(
    'WORKERS',
    z.enum(['in-process', 'none']).default('in-process'),
    'in-process',
    'in-process: the web server also reads photos. none: only `npm run worker` processes do (needs DATABASE_URL).',
  ),
  workerHealthPort: setting(
    'WORKER_HEALTH_PORT',
    z.coerce.number().int().min(1).max(65_535).nullable().default(null),
    '',
    'Port on which a worker process answers GET /api/health/live, /api/health/ready and /api/metrics. None by default.',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'info',
    'Least level of the log lines.',
  ),
  metricsToken: secret(
    'METRICS_TOKEN',
    z.string().min(16, 'must have at least 16 characters').nullable().default(null),
    'Opens GET /api/metrics for Prometheus to `Authorization: Bearer METRICS_TOKEN`, at least 16 characters. Without it nothing is counted and the address answers 404.',
  ),
  otelExporterOtlpEndpoint: setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    url.nullable().default(null),
    '',
    'OpenTelemetry collector (OTLP over HTTP), such as http://localhost:4318, that is sent a span per request and per job. None by default. OTEL_EXPORTER_OTLP_HEADERS holds too.',
  ),
  uploadDir: setting(
    'UPLOAD_DIR',
    text.nullable().default(null),
    './data/uploads',
    'Folder of photos and unfinished uploads. Default: DATA_DIR/uploads.',
  ),
  maxUploadMb: setting('MAX_UPLOAD_MB', whole(1, 500, 50), '50', 'Largest photo file, in MB (10^6 bytes).'),
  maxPixelsMillion: setting(
    'MAX_PIXELS_MILLION',
    whole(1, 500, 120),
    '120',
    'Largest photo, in millions of pixels.',
  ),
  awsS3Bucket: setting(
    'AWS_S3_BUCKET',
    optionalText,
    '',
    'Keeps photos in this S3 bucket instead of UPLOAD_DIR. It must not be public.',
  ),
  awsRegion: setting(
    'AWS_REGION',
    text.default('eu-west-1'),
    'eu-west-1',
    'Region of the bucket and of Amazon Rekognition.',
  ),
  awsAccessKeyId: secret(
    'AWS_ACCESS_KEY_ID',
    optionalText,
    'Access key; without it the SDK looks by itself.',
  ),
  awsSecretAccessKey: secret('AWS_SECRET_ACCESS_KEY', optionalText, 'Secret of the access key.'),
  awsEndpointUrlS3: setting(
    'AWS_ENDPOINT_URL_S3',
    url.nullable().default(null),
    '',
    'Another S3-compatible server than Amazon’s.',
  ),
  awsS3ForcePathStyle: setting(
    'AWS_S3_FORCE_PATH_STYLE',
    flag,
    'false',
    'true for servers that want the bucket in the path, such as MinIO.',
  ),
  emailFrom: setting(
    'EMAIL_FROM',
    text.default('Focus Racer <no-reply@localhost>'),
    'Focus Racer <no-reply@example.com>',
    'Sender of the mails.',
  ),
  smtpUrl: secret(
    'SMTP_URL',
    z
      .url({ protocol: /^smtps?$/ })
      .nullable()
      .default(null),
    'Mail server, such as smtps://user:password@host:465. Without it and without RESEND_API_KEY, mails stay in the outbox, readable by an admin.',
  ),
  resendApiKey: secret('RESEND_API_KEY', optionalText, 'Sends mails through Resend.'),
  connectionHosts: setting(
    'CONNECTION_HOSTS',
    hostList,
    '',
    'Hosts of your own network that connections may fetch lists from, as host:port with commas between: 192.168.1.20:8080. These alone may have a private address and speak plain HTTP; all others must be public and use HTTPS.',
  ),
  ...stripeSettings,
  ...legalSettings,
  njukoUrl: setting(
    'NJUKO_URL',
    url.default('https://api.njuko.net'),
    'https://api.njuko.net',
    'Where connections to Njuko fetch registrations. For a box at the race, also name its host in CONNECTION_HOSTS.',
  ),
  allowTestPayments: setting(
    'ALLOW_TEST_PAYMENTS',
    flag,
    'false',
    'true lets a production server use the test payment provider, which moves no money.',
  ),
  platformFeePercent: setting(
    'PLATFORM_FEE_PERCENT',
    z.coerce.number().min(0).max(100).default(10),
    '10',
    'Share of a sale kept by the platform, in percent.',
  ),
  ...payoutSettings,
  ...creditSettings,
  aiOcrConfidenceThreshold: setting(
    'AI_OCR_CONFIDENCE_THRESHOLD',
    z.coerce.number().min(0).max(100).default(70),
    '70',
    'Least confidence of a bib reading to count as sure, in percent.',
  ),
  aiQualityThreshold: setting(
    'AI_QUALITY_THRESHOLD',
    z.coerce.number().min(0).max(100).default(30),
    '30',
    'Quality score under which a photo is marked as blurry.',
  ),
  aiAutoEditEnabled: setting(
    'AI_AUTO_EDIT_ENABLED',
    switchedOn,
    'true',
    'false offers no corrections of photos (light, colours, horizon) on this server. Originals are never changed.',
  ),
  aiLabelDetectionEnabled: setting(
    'AI_LABEL_DETECTION_ENABLED',
    switchedOn,
    'true',
    'false offers no labels (group, crowd, finish) on this server.',
  ),
  aiFaceIndexEnabled: setting(
    'AI_FACE_INDEX_ENABLED',
    flag,
    'false',
    'true lets events index faces, each only within its own face mode. Biometric data: false computes none on this server.',
  ),
  aiEngine: setting(
    'AI_ENGINE',
    z.enum(['offline', 'rekognition']).default('offline'),
    'offline',
    'Who reads photos. offline: this machine. rekognition: Amazon Rekognition in AWS_REGION, with the AWS credentials; photos are sent there and every call costs money.',
  ),
  aiCallsPerSecond: setting(
    'AI_CALLS_PER_SECOND',
    whole(1, 1000, 5),
    '5',
    'Calls per second to Amazon Rekognition for each of texts, labels and faces, of all processes together. 5 is the least quota of an account; raise it with yours.',
  ),
  awsRekognitionCollectionId: setting(
    'AWS_REKOGNITION_COLLECTION_ID',
    z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,200}$/, 'must be up to 200 letters, digits, dots, hyphens or underscores')
      .default('focus-racer'),
    'focus-racer',
    'How collections of faces begin at Amazon Rekognition; each event with a face index has its own.',
  ),
  awsEndpointUrlRekognition: setting(
    'AWS_ENDPOINT_URL_REKOGNITION',
    url.nullable().default(null),
    '',
    'Another address for Amazon Rekognition, such as a private endpoint.',
  ),
  aiMaxConcurrent: setting(
    'AI_MAX_CONCURRENT',
    z.coerce.number().int().min(1).max(256).nullable().default(null),
    '',
    'Photos read at once by one process. Default: one per core.',
  ),
};

type Settings = typeof settings;
type Raw = { [Key in keyof Settings]: z.output<Settings[Key]['schema']> };
/** The settings with their derived defaults filled in; folders are absolute. */
export type Config = Readonly<
  Omit<Raw, 'publicUrl' | 'uploadDir' | 'authSecret' | 'aiMaxConcurrent'> & {
    publicUrl: string;
    uploadDir: string;
    authSecret: string;
    aiMaxConcurrent: number;
  }
>;

/** A setting is missing or wrong. The message names settings and never shows the value of a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

let current: Config | null = null;

/**
 * The configuration of this process, read and checked once: the environment, then the file `.env` (or ENV_FILE) for what
 * is not set there, then `usual`. Throws ConfigError listing everything wrong at once.
 */
export function getConfig(usual: Record<string, string> = {}): Config {
  if (current) return current;
  const file = process.env.ENV_FILE ?? '.env';
  if (existsSync(file)) process.loadEnvFile(file);
  current = readConfig({ ...usual, ...process.env });
  return current;
}

export function readConfig(env: Record<string, string | undefined>): Config {
  const raw = parseSettings(env);
  const dataDir = resolve(raw.dataDir);
  const problems: string[] = [];
  if (raw.nodeEnv === 'production' && raw.databaseUrl && !raw.authSecret) {
    problems.push('AUTH_SECRET is needed in production with DATABASE_URL: openssl rand -base64 48');
  }
  if (raw.authSecret && new Set(raw.authSecret).size < 10) {
    problems.push('AUTH_SECRET is too easy to guess: openssl rand -base64 48');
  }
  if (raw.workers === 'none' && !raw.databaseUrl) {
    problems.push('WORKERS=none needs DATABASE_URL: the embedded database belongs to one process');
  }
  problems.push(...stripeProblems(raw), ...legalProblems(raw));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    ...raw,
    dataDir,
    publicUrl: raw.publicUrl ?? `http://localhost:${raw.port}`,
    uploadDir: resolve(raw.uploadDir ?? join(dataDir, 'uploads')),
    authSecret: raw.authSecret ?? keepSecret(join(dataDir, 'secret')),
    aiMaxConcurrent: raw.aiMaxConcurrent ?? availableParallelism(),
  };
}

function parseSettings(env: Record<string, string | undefined>): Raw {
  const shape = Object.fromEntries(Object.entries(settings).map(([key, { schema }]) => [key, schema]));
  // An empty value in an .env file means "not set".
  const values = Object.fromEntries(
    Object.entries(settings).map(([key, { env: name }]) => [key, env[name]?.trim() || undefined]),
  );
  const parsed = z.object(shape).safeParse(values);
  // The object above is built from `settings` itself, which TypeScript cannot follow through Object.entries.
  if (parsed.success) return parsed.data as Raw;
  const names = new Map(Object.entries(settings).map(([key, { env: name }]) => [key, name]));
  throw new ConfigError(
    parsed.error.issues.map((issue) => `${names.get(String(issue.path[0]))}: ${issue.message}`).join('\n'),
  );
}

/** Language of the person at the terminal: English when their system says so, else French. */
export function terminalLocale(): 'fr' | 'en' {
  const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return language.toLowerCase().startsWith('en') ? 'en' : 'fr';
}
