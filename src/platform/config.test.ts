import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, settings } from './config.ts';

const STRONG = 'kJ8s0-Zq2_vX7pLm4RtYb6Nc1HwEg3Fd';
const folder = () => mkdtempSync(join(tmpdir(), 'focus-racer-config-'));

describe('configuration', () => {
  it('needs nothing, and keeps the secret it makes for the next start', () => {
    const DATA_DIR = folder();
    const config = readConfig({ DATA_DIR });
    expect(config).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', maxUploadMb: 50 });
    expect(config.authSecret.length).toBeGreaterThanOrEqual(32);
    expect(readConfig({ DATA_DIR }).authSecret).toBe(config.authSecret);
    expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).toBe(config.authSecret);
    expect(statSync(join(DATA_DIR, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('makes another secret for another installation', () => {
    const [one, two] = [folder(), folder()].map((DATA_DIR) => readConfig({ DATA_DIR }).authSecret);
    expect(one).not.toBe(two);
  });

  it('refuses to start in production on PostgreSQL without a secret', () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://u:p@db/focus', DATA_DIR: folder() };
    expect(() => readConfig(env)).toThrow('AUTH_SECRET is needed');
    expect(readConfig({ ...env, AUTH_SECRET: STRONG }).databaseUrl).toBe('postgresql://u:p@db/focus');
  });

  it.each(['short', 'a'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabc'])(
    'refuses the secret %s',
    (AUTH_SECRET) => {
      expect(() => readConfig({ AUTH_SECRET, DATA_DIR: folder() })).toThrow(ConfigError);
    },
  );

  it('takes hosts of one’s own network as host and port, and nothing else', () => {
    const hosts = (CONNECTION_HOSTS: string) =>
      readConfig({ AUTH_SECRET: STRONG, CONNECTION_HOSTS }).connectionHosts;
    expect(hosts('192.168.1.20:8080, Box.local:443')).toEqual(['192.168.1.20:8080', 'box.local:443']);
    expect(hosts('')).toEqual([]);
    for (const wrong of ['box.local', 'http://box.local:80', 'box.local:80;other:80']) {
      expect(() => hosts(wrong), wrong).toThrow('CONNECTION_HOSTS');
    }
  });

  it('takes packs of credits by size, and refuses what could not be sold', () => {
    const packs = (CREDIT_PACKS?: string) => readConfig({ AUTH_SECRET: STRONG, CREDIT_PACKS }).creditPacks;
    expect(packs()).toHaveLength(3);
    expect(packs('500:3900, 100:900')).toEqual([
      { credits: 100, priceCents: 900 },
      { credits: 500, priceCents: 3900 },
    ]);
    for (const wrong of ['100', '100:9.5', '0:900', '100:49', '100:900,100:800', '100:900;500:3900']) {
      expect(() => packs(wrong), wrong).toThrow(/^CREDIT_PACKS: must be/u);
    }
  });

  it('names everything that is wrong at once, and shows no secret', () => {
    const env = { PORT: 'eighty', DATABASE_URL: 'mysql://root:hunter2@db', SMTP_URL: 'http://mail' };
    const failure = (() => {
      try {
        return String(readConfig(env));
      } catch (error) {
        return String(error);
      }
    })();
    for (const name of ['PORT', 'DATABASE_URL', 'SMTP_URL']) expect(failure).toContain(name);
    expect(failure).not.toContain('hunter2');
  });

  it('takes an empty value as not set', () => {
    expect(readConfig({ AWS_S3_BUCKET: '', PORT: ' ', AUTH_SECRET: STRONG })).toMatchObject({
      awsS3Bucket: null,
      port: 3000,
    });
  });

  it('refuses the admin path that everybody tries', () => {
    expect(() => readConfig({ ADMIN_PATH: 'admin', AUTH_SECRET: STRONG })).toThrow('ADMIN_PATH');
  });

  it('refuses an admin path under which another page lives', () => {
    const names = (path: string) => readdirSync(`src/app/[locale]/${path}`);
    const groups = names('').filter((name) => name.startsWith('('));
    const pages = [...names(''), ...groups.flatMap(names)].filter((name) => /^[a-z][a-z-]*$/.test(name));
    expect(pages).toContain('sign-in');
    for (const ADMIN_PATH of pages) {
      expect(() => readConfig({ ADMIN_PATH, AUTH_SECRET: STRONG }), ADMIN_PATH).toThrow('ADMIN_PATH');
    }
    expect(readConfig({ ADMIN_PATH: 'backstage', AUTH_SECRET: STRONG }).adminPath).toBe('backstage');
  });

  it('describes every setting', () => {
    for (const { env, about } of Object.values(settings)) expect(about.length, env).toBeGreaterThan(15);
  });
});
