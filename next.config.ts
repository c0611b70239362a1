import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The proxy before the server compresses, with better formats; ours must read the pages for their policy.
  compress: false,
  // Titles come with the page: streamed after it, a page that takes new data is without one for a moment.
  htmlLimitedBots: /.*/,
  // `npm run verify` checks the types of everything once; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  // The optimiser takes addresses and sizes from outside; our pipeline makes every size we show.
  images: { unoptimized: true },
  // Loaded by Node itself: native code, workers, files found by path.
  serverExternalPackages: [
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-storage',
    '@aws-sdk/s3-request-presigner',
    '@electric-sql/pglite',
    'better-auth',
    'drizzle-orm',
    'nodemailer',
    'onnxruntime-node',
    'pg',
    'pg-boss',
    'pino',
    'sharp',
  ],
  // No kept page is shown longer than this: docs/decisions/002.
  expireTime: 60,
  experimental: {
    globalNotFound: true,
    // Pages of every photo and bib would fill the disk; memory drops the oldest.
    isrFlushToDisk: false,
    serverActions: { bodySizeLimit: '8mb' },
  },
};

export default createNextIntlPlugin('./src/app/_web/i18n.ts')(config);
