// vitest: alone
import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { describe, expect, it } from 'vitest';

const config = await extractDepcruiseConfig(resolve('.dependency-cruiser.mjs'));
const rules = config.forbidden ?? [];

/** One forbidden import per rule: file, what it imports. */
const PLANTED: Record<string, [file: string, imports: string]> = {
  'no-circular': ['src/domain/pricing/round-back.ts', './round.ts'],
  'vision-stands-alone': ['src/vision/read.ts', '../platform/errors.ts'],
  'platform-knows-no-business': ['src/platform/errors.ts', '../domain/photos/photo.ts'],
  'domain-runs-anywhere': ['src/domain/photos/show.ts', 'react'],
  'domain-takes-ports': ['src/domain/photos/open.ts', '../../platform/db/pglite.ts'],
  'ui-is-given-data': ['src/ui/Photo.tsx', '../domain/photos/photo.ts'],
  'browser-gets-no-server': ['src/app/cart.client.tsx', '../domain/photos/photo.ts'],
  'doors-do-no-database': ['src/api/media.ts', '../domain/photos/tables.ts'],
  'api-draws-nothing': ['src/api/draw.ts', '../ui/Photo.tsx'],
  'pages-stay-beside-doors': ['src/app/page.tsx', '../api/media.ts'],
  'context-knows-no-business': ['src/context.ts', './domain/photos/photo.ts'],
  'worker-draws-nothing': ['src/worker.ts', './ui/Photo.tsx'],
  'room-audit': ['src/domain/audit/note.ts', '../photos/photo.ts'],
  'room-accounts': ['src/domain/accounts/sign.ts', '../photos/photo.ts'],
  'room-events': ['src/domain/events/make.ts', '../photos/photo.ts'],
  'room-ledger': ['src/domain/ledger/post.ts', '../photos/photo.ts'],
};

const NEUTRAL = [
  'src/domain/photos/photo.ts',
  'src/domain/photos/tables.ts',
  'src/platform/db/pglite.ts',
  'node_modules/react/index.js',
];

async function violationsIn(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], {
    ...config.options,
    tsConfig: undefined,
    validate: true,
    ruleSet: { forbidden: rules },
    baseDir,
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text');
  return output;
}

function put(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function plant(): string {
  const folder = mkdtempSync(join(tmpdir(), 'focus-racer-walls-'));
  put(folder, 'package.json', '{"type":"module"}');
  put(folder, 'node_modules/react/package.json', '{"name":"react","main":"index.js","type":"module"}');
  for (const file of NEUTRAL) put(folder, file, 'export const planted = 1;\n');
  for (const [file, imports] of Object.values(PLANTED)) {
    put(folder, file, `import { planted as seed } from '${imports}';\nexport const planted = seed;\n`);
  }
  put(
    folder,
    'src/domain/pricing/round.ts',
    "import { planted as seed } from './round-back.ts';\nexport const planted = seed;\n",
  );
  return folder;
}

describe('the walls between the rooms', () => {
  it('each stop what they are there to stop', async () => {
    const { summary } = await violationsIn(plant());
    const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
    for (const [rule, [file]] of Object.entries(PLANTED)) expect(found).toContain(`${rule}: ${file}`);
    expect(Object.keys(PLANTED).sort()).toEqual(rules.map(({ name }) => name).sort());
  });
});

/** Tables with the room that owns them, from every tables.ts. */
const owners = new Map(
  globSync('src/{domain,platform}/*/tables.ts').flatMap((path) => {
    const room = path.split('/').slice(1, 3).join('/');
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(/export const (\w+) = pgTable\(\s*'(\w+)'/g)].map(
      ([, constant = '', table = '']) => [constant, { room, table }] as const,
    );
  }),
);

function foreignWrites(path: string, text: string): string[] {
  const room = path.split('/').slice(1, 3).join('/');
  const byTable = new Map([...owners.values()].map((owner) => [owner.table, owner.room]));
  const written = [
    ...[...text.matchAll(/\.(?:insert|update|delete)\(\s*(\w+)\s*\)/g)].map(
      ([, name = '']) => owners.get(name)?.room,
    ),
    ...[...text.matchAll(/\b(?:insert into|update|delete from)\s+"?(\w+)"?/gi)].map(([, name = '']) =>
      byTable.get(name),
    ),
  ];
  return written
    .filter((owner) => owner !== undefined && owner !== room)
    .map((owner) => `${path} writes ${owner}`);
}

describe('tables', () => {
  it('are written only by their own room', () => {
    const files = globSync('src/**/*.{ts,tsx}').filter((path) => !/\.test\.tsx?$/.test(path));
    expect(owners.size).toBeGreaterThan(25);
    expect(files.flatMap((path) => foreignWrites(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('of another room are noticed when they are written', () => {
    const insert = 'await ctx.db.insert(photos).values(row)';
    expect(foreignWrites('src/domain/orders/a.ts', insert)).toEqual([
      'src/domain/orders/a.ts writes domain/photos',
    ]);
    expect(foreignWrites('src/domain/orders/a.ts', 'sql`update photos set state = 1`')).toHaveLength(1);
    expect(foreignWrites('src/domain/photos/a.ts', insert)).toEqual([]);
  });
});

describe('jobs', () => {
  it('that are enqueued by a name written out have their handler in a jobs.ts', () => {
    const names = globSync('src/{domain,platform}/*/jobs.ts')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const enqueued = globSync('src/{domain,platform}/**/*.ts')
      .filter((path) => !path.endsWith('.test.ts'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\.enqueue\(\s*[\w.]+,\s*'([\w-]+)'/g)])
      .map(([, name = '']) => name);
    expect(enqueued.filter((name) => !names.includes(`'${name}'`))).toEqual([]);
  });
});

describe('settings', () => {
  it('are read from the environment by config.ts alone', () => {
    const readers = globSync('src/**/*.{ts,tsx}').filter(
      (path) => !path.endsWith('.test.ts') && /process\.env\b/.test(readFileSync(path, 'utf8')),
    );
    expect(readers).toEqual(['src/platform/config.ts']);
  });
});
