import { expect, test } from 'vitest';
import { openSealed, sealSecret } from './seal-secret.ts';

const secrets = { authSecret: 'a'.repeat(40), authSecretBefore: null };
const changed = { authSecret: 'b'.repeat(40), authSecretBefore: secrets.authSecret };

test('what is sealed opens again, reads like noise, and differs each time', () => {
  const sealed = sealSecret(secrets, 'clé 🏃', 'row');
  expect(openSealed(secrets, sealed, 'row')).toEqual({ plain: 'clé 🏃', isOld: false });
  expect(sealed).not.toContain('cl');
  expect(sealSecret(secrets, 'clé 🏃', 'row')).not.toBe(sealed);
});

test('after a change of the secret, what was sealed before opens and says that it is old; without the old one it stays shut', () => {
  const sealed = sealSecret(secrets, 'key', 'row');
  expect(openSealed(changed, sealed, 'row')).toEqual({ plain: 'key', isOld: true });
  expect(openSealed({ ...changed, authSecretBefore: null }, sealed, 'row')).toBeNull();
});

test('in another row, altered, cut or of another kind it does not open', () => {
  const sealed = sealSecret(secrets, 'key', 'row');
  const [version, name, bytes = ''] = sealed.split('.');
  const flipped = Buffer.from(bytes, 'base64url');
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  const wrong = [
    `${version}.${name}.${flipped.toString('base64url')}`,
    `${version}.${name}.${bytes.slice(0, 20)}`,
    `2.${name}.${bytes}`,
    'key',
    '',
  ];
  for (const text of wrong) expect(openSealed(secrets, text, 'row')).toBeNull();
  expect(openSealed(secrets, sealed, 'other row')).toBeNull();
});
